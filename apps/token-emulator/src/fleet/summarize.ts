import { type FleetCounts, policyByMonth, type TokenCount, tokensByMonth } from './fleet-counts.ts';
import { customersOf, type FleetPlan, type Policy } from './fleet-plan.ts';

/** A number with the bounds between which chance leaves it in 95 of 100 fleets. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export const ENDS = ['cell', 'date', 'heat', 'lost', 'stolen', 'damaged'] as const;

/**
 * What a policy costs its customers and its help desk, per thousand customers and year from their
 * first token on.
 */
export interface PolicySummary {
  readonly name: string;
  readonly refused: Estimate;
  readonly resyncs: Estimate;
  readonly calls: Estimate;
  readonly locks: Estimate;
  readonly beyond: Estimate;
  /** Of a thousand log-ins, how many are refused although the code is right. */
  readonly refusedOfLogins: Estimate;
  /** In the plan's currency, per customer and year: tokens, cells, issues and calls. */
  readonly cost: number;
}

export interface FleetSummary {
  readonly name: string;
  readonly customers: number;
  readonly years: number;
  readonly logins: number;
  /** The first tokens and all that follow, among them those that only get a new cell. */
  readonly issued: Estimate;
  /** Ended tokens by cause, per thousand customers and year. */
  readonly ended: Readonly<Record<(typeof ENDS)[number], Estimate>>;
  /** Cells that are bought for tokens whose case can be opened, instead of other tokens. */
  readonly cells: number;
  readonly policies: readonly PolicySummary[];
}

export function summarize(plan: FleetPlan, counts: FleetCounts): FleetSummary {
  const customers = customersOf(plan);
  const perThousand = 1_000 / customerYears(plan);
  const token = (what: TokenCount) => total(tokensByMonth(counts, what));
  const logins = token('logins');
  return {
    name: plan.name,
    customers,
    years: plan.years,
    logins,
    issued: estimate(token('issued'), 1),
    ended: Object.fromEntries(ENDS.map((end) => [end, estimate(token(end), perThousand)])) as FleetSummary['ended'],
    cells: token('cells'),
    policies: plan.policies.map((policy, i) => ofPolicy(plan, counts, policy, i, perThousand, logins)),
  };
}

function ofPolicy(
  plan: FleetPlan,
  counts: FleetCounts,
  { name }: Policy,
  index: number,
  perThousand: number,
  logins: number,
): PolicySummary {
  const sum = (what: 'refused' | 'resyncs' | 'calls' | 'locks' | 'beyond') => total(policyByMonth(counts, index, what));
  const failed = sum('resyncs') + sum('calls');
  const issued = total(tokensByMonth(counts, 'issued'));
  const cells = total(tokensByMonth(counts, 'cells'));
  const { token, cell, issue, call } = plan.costs;
  const replaced = Math.max(0, issued - customersOf(plan));
  const spent = (issued - cells) * token + cells * cell + issued * issue + (sum('calls') + replaced) * call;
  return {
    name,
    refused: estimate(sum('refused'), perThousand),
    resyncs: estimate(sum('resyncs'), perThousand),
    calls: estimate(sum('calls'), perThousand),
    locks: estimate(sum('locks'), perThousand),
    beyond: estimate(sum('beyond'), perThousand),
    refusedOfLogins: estimate(failed, logins === 0 ? 0 : 1_000 / logins),
    cost: spent / customerYears(plan),
  };
}

/** Years from the customers' first tokens on, which are issued evenly. */
export function customerYears({ lots, years }: FleetPlan): number {
  return lots.reduce((sum, { customers, issuedOverMonths }) => {
    const issuedYears = issuedOverMonths / 12;
    const mean = issuedYears <= years ? years - issuedYears / 2 : years ** 2 / (2 * issuedYears);
    return sum + customers * mean;
  }, 0);
}

const Z_95 = 1.96;

/** Returns a count, scaled, with the 95 % bounds of a Poisson count (Byar's approximation). */
export function estimate(count: number, scale: number): Estimate {
  const low = count === 0 ? 0 : count * (1 - 1 / (9 * count) - Z_95 / (3 * Math.sqrt(count))) ** 3;
  const more = count + 1;
  const high = more * (1 - 1 / (9 * more) + Z_95 / (3 * Math.sqrt(more))) ** 3;
  return { value: count * scale, low: Math.max(0, low) * scale, high: high * scale };
}

export function total(months: Float64Array): number {
  return months.reduce((sum, one) => sum + one, 0);
}
