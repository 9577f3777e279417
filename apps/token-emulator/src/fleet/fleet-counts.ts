/** What is counted in each month, of the tokens. `cells` of the issued have only a new cell. */
export const TOKEN_COUNTS = ['logins', 'issued', 'cells', 'cell', 'date', 'heat', 'lost', 'stolen', 'damaged'] as const;
export type TokenCount = (typeof TOKEN_COUNTS)[number];

/**
 * What is counted in each month under each policy. `refused` are codes, `resyncs` without a person,
 * `calls` with one, `beyond` those whose token no window reaches.
 */
export const POLICY_COUNTS = ['refused', 'resyncs', 'calls', 'locks', 'beyond'] as const;
export type PolicyCount = (typeof POLICY_COUNTS)[number];

/** Drift is sorted into bins of so many seconds, from −MAX to MAX; the outer two hold the rest. */
export const DRIFT_BIN_S = 30;
export const DRIFT_MAX_S = 3_600;
export const DRIFT_BINS: number = (2 * DRIFT_MAX_S) / DRIFT_BIN_S;

/**
 * Whole numbers only: they add up to the same however the work is divided among threads.
 */
export interface FleetCounts {
  readonly months: number;
  /** `TOKEN_COUNTS` by month. */
  readonly tokens: Float64Array;
  /** Policies, then `POLICY_COUNTS`, by month. */
  readonly policies: Float64Array;
  /** Tokens in use at the end of each year, by drift. */
  readonly drift: Float64Array;
}

export function emptyCounts(months: number, policies: number): FleetCounts {
  return {
    months,
    tokens: new Float64Array(TOKEN_COUNTS.length * months),
    policies: new Float64Array(policies * POLICY_COUNTS.length * months),
    drift: new Float64Array(Math.ceil(months / 12) * DRIFT_BINS),
  };
}

/** Found by name in the innermost loop. */
const PLACE_OF = Object.fromEntries(POLICY_COUNTS.map((what, i) => [what, i])) as Record<PolicyCount, number>;

export function addTo(counts: FleetCounts, policy: number, what: PolicyCount, month: number, by: number): void {
  const at = (policy * POLICY_COUNTS.length + PLACE_OF[what]) * counts.months + month;
  counts.policies[at] = (counts.policies[at] as number) + by;
}

export function countToken(counts: FleetCounts, what: TokenCount, month: number, by = 1): void {
  const at = TOKEN_COUNTS.indexOf(what) * counts.months + month;
  counts.tokens[at] = (counts.tokens[at] as number) + by;
}

export function countDrift(counts: FleetCounts, year: number, aheadSeconds: number): void {
  const bin = Math.floor((aheadSeconds + DRIFT_MAX_S) / DRIFT_BIN_S);
  const at = year * DRIFT_BINS + Math.min(DRIFT_BINS - 1, Math.max(0, bin));
  counts.drift[at] = (counts.drift[at] as number) + 1;
}

/** Adds the counts of another part of the fleet. */
export function addCounts(into: FleetCounts, other: FleetCounts): void {
  for (const key of ['tokens', 'policies', 'drift'] as const) {
    const [sums, added] = [into[key], other[key]];
    for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + (added[i] as number);
  }
}

export function tokensByMonth({ tokens, months }: FleetCounts, what: TokenCount): Float64Array {
  const at = TOKEN_COUNTS.indexOf(what) * months;
  return tokens.subarray(at, at + months);
}

export function policyByMonth({ policies, months }: FleetCounts, policy: number, what: PolicyCount): Float64Array {
  const at = (policy * POLICY_COUNTS.length + PLACE_OF[what]) * months;
  return policies.subarray(at, at + months);
}
