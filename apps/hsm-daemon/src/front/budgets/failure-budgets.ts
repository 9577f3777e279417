import type { BudgetScope, FailureBudget } from '../../config/failure-budget.ts';
import { SlidingCount } from './sliding-count.ts';

/** Where one try came from. A terminal may be unknown. */
export type Origin = Readonly<Record<BudgetScope, string>>;

/** A budget that was just spent. */
export interface Alarm {
  readonly budget: FailureBudget;
  /** Which terminal, caller, channel or BIN. */
  readonly of: string;
  readonly tries: number;
  readonly failures: number;
}

/** Places remembered for each budget: those that were quiet longest are forgotten first. 100 bytes each. */
const PLACES_MAX = 100_000;

interface Place {
  readonly count: SlidingCount;
  is_spent: boolean;
}

/** All budgets of a profile. They are in memory: after a restart they begin anew, each card's own counters do not. */
export class FailureBudgets {
  readonly #budgets: readonly (readonly [FailureBudget, Map<string, Place>])[];

  constructor(budgets: readonly FailureBudget[]) {
    this.#budgets = budgets.map((budget) => [budget, new Map()]);
  }

  /** Seconds to wait before a try from there is taken again; 0 when it may come now. */
  waitFor(origin: Origin, now_ms: number): number {
    return Math.max(
      0,
      ...this.#budgets.map(([budget, places]) => waitIn(budget, places.get(origin[budget.per]), now_ms)),
    );
  }

  /** A try and how it ended. Returns the budgets that it spent. */
  note(origin: Origin, failed: boolean, now_ms: number): Alarm[] {
    return this.#budgets.flatMap(([budget, places]) => {
      const of = origin[budget.per];
      if (of === '') return [];
      const place = placeOf(places, of, budget);
      place.count.note(failed, now_ms);
      const { tries, failures } = place.count.counts(now_ms);
      const was_spent = place.is_spent;
      place.is_spent = isSpent(budget, tries, failures);
      return place.is_spent && !was_spent ? [{ budget, of, tries, failures }] : [];
    });
  }
}

function isSpent({ failures_min, failure_share_max }: FailureBudget, tries: number, failures: number): boolean {
  return failures >= failures_min && failures > failure_share_max * tries;
}

function waitIn(budget: FailureBudget, place: Place | undefined, now_ms: number): number {
  if (budget.action !== 'slow' || place?.is_spent !== true) return 0;
  const { tries, failures } = place.count.counts(now_ms);
  place.is_spent = isSpent(budget, tries, failures);
  // A twelfth of the interval is dropped by then.
  return place.is_spent ? Math.ceil(budget.interval_s / 12) : 0;
}

function placeOf(places: Map<string, Place>, of: string, { interval_s }: FailureBudget): Place {
  const found = places.get(of) ?? { count: new SlidingCount(interval_s * 1_000), is_spent: false };
  // Last in the order of the map: the first is the one that was quiet longest.
  places.delete(of);
  places.set(of, found);
  if (places.size > PLACES_MAX) places.delete(places.keys().next().value ?? '');
  return found;
}
