import type { BudgetScope, FailureBudget } from '@ramz/bank-profile';
import { PARTS, SlidingCount } from './sliding-count.ts';

/** The origin of one try. The terminal may be unknown. */
export type Origin = Readonly<Record<BudgetScope, string>>;

/** A budget that was just spent. */
export interface Alarm {
  readonly budget: FailureBudget;
  /** Which terminal, caller, channel or BIN. */
  readonly of: string;
  readonly tries: number;
  readonly failures: number;
}

/**
 * Places remembered per budget. A place without a failure is remembered only while one of its tries
 * is in flight, so that filling the memory with invented places spends the caller's own budget. A
 * spent place is forgotten only if no idle one is found.
 */
const PLACES_MAX = 100_000;
/**
 * From this many places on, their order shows which was quiet longest. With fewer, keeping the
 * order would cost a try more than everything else.
 */
const ORDERED_FROM: number = PLACES_MAX / 2;
/** Places checked to find one to forget. */
const LOOKED_AT_MAX = 100;

interface FailureCount {
  readonly count: SlidingCount;
  isSpent: boolean;
  /** Admitted tries that have not ended yet. Each may be a failure. */
  pending: number;
}

interface Watched {
  readonly budget: FailureBudget;
  readonly places: Map<string, FailureCount>;
}

/**
 * All budgets of a profile, in memory. After a restart they begin anew; each card's own counters do
 * not.
 */
export class FailureBudgets {
  readonly #budgets: readonly Watched[];
  /** Those that reject tries. */
  readonly #slowing: readonly Watched[];

  constructor(budgets: readonly FailureBudget[]) {
    this.#budgets = budgets.map((budget) => ({ budget, places: new Map() }));
    this.#slowing = this.#budgets.filter(({ budget }) => budget.action === 'slow');
  }

  /**
   * Takes room for a try; `leave` returns it. Returns the seconds to wait when there is none, and
   * takes none then. Tries in flight count as failed, so that concurrent tries are not admitted
   * where they would be rejected one after the other.
   */
  enter(origin: Origin, nowMs: number): number {
    let waitSeconds = 0;
    for (const { budget, places } of this.#slowing) {
      waitSeconds = Math.max(waitSeconds, waitIn(budget, places.get(origin[budget.per]), nowMs));
    }
    if (waitSeconds > 0) return waitSeconds;
    for (const { budget, places } of this.#slowing) {
      if (origin[budget.per] !== '') countOf(places, origin[budget.per], budget).pending += 1;
    }
    return 0;
  }

  leave(origin: Origin, nowMs: number): void {
    for (const { budget, places } of this.#slowing) {
      const of = origin[budget.per];
      const place = places.get(of);
      if (place === undefined) continue;
      place.pending = Math.max(0, place.pending - 1);
      if (place.pending === 0 && place.count.counts(nowMs).failures === 0) places.delete(of);
    }
  }

  /** Records how a try ended. Returns the budgets that it spent. */
  note(origin: Origin, failed: boolean, nowMs: number): Alarm[] {
    const alarms: Alarm[] = [];
    for (const { budget, places } of this.#budgets) {
      const of = origin[budget.per];
      const place = of === '' ? undefined : failed ? countOf(places, of, budget) : places.get(of);
      const alarm = place && noteIn(budget, of, place, failed, nowMs);
      if (alarm !== undefined) alarms.push(alarm);
    }
    return alarms;
  }
}

/** @returns the alarm when the budget was just spent */
function noteIn(
  budget: FailureBudget,
  of: string,
  place: FailureCount,
  failed: boolean,
  nowMs: number,
): Alarm | undefined {
  place.count.note(failed, nowMs);
  const { tries, failures } = place.count.counts(nowMs);
  const wasSpent = place.isSpent;
  place.isSpent = isSpent(budget, tries, failures);
  return place.isSpent && !wasSpent ? { budget, of, tries, failures } : undefined;
}

function isSpent(
  { failures_min: failuresMin, failure_share_max: failureShareMax }: FailureBudget,
  tries: number,
  failures: number,
): boolean {
  return failures >= failuresMin && failures > failureShareMax * tries;
}

function waitIn(budget: FailureBudget, place: FailureCount | undefined, nowMs: number): number {
  if (place === undefined) return 0;
  const { tries, failures } = place.count.counts(nowMs);
  place.isSpent = isSpent(budget, tries, failures);
  const wouldBeSpent = isSpent(budget, tries + place.pending, failures + place.pending);
  if (place.isSpent) return Math.ceil(budget.interval_s / PARTS);
  return wouldBeSpent ? 1 : 0;
}

function countOf(
  places: Map<string, FailureCount>,
  of: string,
  { interval_s: intervalSeconds }: FailureBudget,
): FailureCount {
  const known = places.get(of);
  if (known !== undefined && places.size < ORDERED_FROM) return known;
  const found = known ?? { count: new SlidingCount(intervalSeconds * 1_000), isSpent: false, pending: 0 };
  // Moves the place to the end. The first in the map was quiet longest.
  places.delete(of);
  places.set(of, found);
  if (places.size > PLACES_MAX) forgetOne(places, of);
  return found;
}

function forgetOne(places: Map<string, FailureCount>, newest: string): void {
  const [oldest = ''] = places.keys();
  const idle = places
    .entries()
    .take(LOOKED_AT_MAX)
    .find(([of, { isSpent: spent, pending }]) => of !== newest && !spent && pending === 0);
  places.delete(idle?.[0] ?? oldest);
}
