// How much of a result hangs on numbers that no one has published.
import { changedProfile } from '../profile/changed-profile.ts';
import { customersOf, type Fates, type FleetPlan, type Lot } from './fleet-plan.ts';
import { runFleet } from './run-fleet.ts';
import { type FleetSummary, summarize } from './summarize.ts';

/** Each variant has so many customers: enough, since all have the same chances as the plan. */
const CUSTOMERS = 20_000;
/** A number is made smaller and larger by this share. */
const BY = 0.2;

/** What a result becomes when one assumed number is a fifth smaller, and a fifth larger. */
export interface Effect {
  readonly number: string;
  /** Of a thousand log-ins. */
  readonly refused: readonly [less: number, more: number];
  readonly cells: readonly [less: number, more: number];
  readonly calls: readonly [less: number, more: number];
  readonly cost: readonly [less: number, more: number];
}

export interface Sensitivity {
  /**
   * Under the first policy: refused of a thousand log-ins; cells that end, and calls, per thousand
   * customers and year; the cost.
   */
  readonly refused: number;
  readonly cells: number;
  readonly calls: number;
  readonly cost: number;
  readonly effects: readonly Effect[];
}

export async function sensitivityOf(
  plan: FleetPlan,
  onProgress: (done: number, of: number) => void = () => {},
): Promise<Sensitivity> {
  const small = scaled(plan);
  const base = figuresOf(summarize(small, await runFleet(small)));
  const variants = variantsOf(small);
  const effects: Effect[] = [];
  for (const [i, { number, less, more }] of variants.entries()) {
    const [low, high] = [await figures(less), await figures(more)];
    effects.push({
      number,
      refused: [low.refused, high.refused],
      cells: [low.cells, high.cells],
      calls: [low.calls, high.calls],
      cost: [low.cost, high.cost],
    });
    onProgress(i + 1, variants.length);
  }
  const span = ({ cost, calls, refused }: Effect) =>
    [cost, calls, refused].reduce((sum, [less, more]) => sum + Math.abs(more - less), 0);
  return { ...base, effects: effects.filter((one) => span(one) > 0).toSorted((a, b) => span(b) - span(a)) };
}

async function figures(plan: FleetPlan): Promise<Figures> {
  return figuresOf(summarize(plan, await runFleet(plan)));
}

interface Figures {
  readonly refused: number;
  readonly cells: number;
  readonly calls: number;
  readonly cost: number;
}

function figuresOf({ ended, policies }: FleetSummary): Figures {
  const [first] = policies;
  return {
    refused: first?.refusedOfLogins.value ?? 0,
    cells: ended.cell.value,
    calls: first?.calls.value ?? 0,
    cost: first?.cost ?? 0,
  };
}

function scaled(plan: FleetPlan): FleetPlan {
  const factor = Math.min(1, CUSTOMERS / customersOf(plan));
  const lots = plan.lots.map((lot) => ({ ...lot, customers: Math.max(1, Math.round(lot.customers * factor)) }));
  return { ...plan, lots };
}

interface Variant {
  readonly number: string;
  readonly less: FleetPlan;
  readonly more: FleetPlan;
}

function variantsOf(plan: FleetPlan): Variant[] {
  const assumed = new Set(
    plan.lots.flatMap(({ numbers }) => numbers.filter(({ source }) => source === 'assumption').map(({ path }) => path)),
  );
  const ofProfile = [...assumed].flatMap((path) => {
    const [less, more] = [withNumber(plan, path, 1 - BY), withNumber(plan, path, 1 + BY)];
    return less === undefined || more === undefined ? [] : [{ number: path, less, more }];
  });
  return [...ofProfile, ...fateVariants(plan), ...habitVariants(plan)];
}

/** Returns undefined where a number cannot be scaled, such as how many copies there are. */
function withNumber(plan: FleetPlan, path: string, factor: number): FleetPlan | undefined {
  try {
    return { ...plan, lots: plan.lots.map((lot) => withLotNumber(lot, path, factor)) };
  } catch {
    return undefined;
  }
}

function withLotNumber(lot: Lot, path: string, factor: number): Lot {
  const now = path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], lot.profile);
  if (typeof now !== 'number') throw new Error(`${path} is not a number`);
  return { ...lot, profile: changedProfile(lot.profile, { [path]: now * factor }) };
}

const RATES = ['lostPctPerYear', 'stolenPctPerYear', 'damagedPctPerYear', 'dropsPerYear', 'washesPerYear'] as const;
/** As the fleet's file says them. */
const FILE_NAMES: Readonly<Record<(typeof RATES)[number], string>> = {
  lostPctPerYear: 'lost_pct_per_year',
  stolenPctPerYear: 'stolen_pct_per_year',
  damagedPctPerYear: 'damaged_pct_per_year',
  dropsPerYear: 'drops_per_year',
  washesPerYear: 'washes_per_year',
};

function fateVariants(plan: FleetPlan): Variant[] {
  const by = (rate: keyof Fates, factor: number) => ({
    ...plan,
    fates: { ...plan.fates, [rate]: Number(plan.fates[rate]) * factor },
  });
  return RATES.filter((rate) => plan.fates[rate] > 0).map((rate) => ({
    number: `fates.${FILE_NAMES[rate]}`,
    less: by(rate, 1 - BY),
    more: by(rate, 1 + BY),
  }));
}

function habitVariants(plan: FleetPlan): Variant[] {
  const by = (factor: number) => ({
    ...plan,
    usages: plan.usages.map((usage) => ({ ...usage, typingSeconds: usage.typingSeconds * factor })),
  });
  return [{ number: 'usage.typing_s', less: by(1 - BY), more: by(1 + BY) }];
}
