import { tableFromArrays, tableToIPC } from 'apache-arrow';
import {
  DRIFT_BIN_S,
  DRIFT_BINS,
  DRIFT_MAX_S,
  type FleetCounts,
  POLICY_COUNTS,
  policyByMonth,
  TOKEN_COUNTS,
  tokensByMonth,
} from '../fleet/fleet-counts.ts';
import type { FleetPlan } from '../fleet/fleet-plan.ts';
import { HOURS_A_YEAR } from '../physics/source.ts';

const MONTH_MS = (HOURS_A_YEAR / 12) * 3_600_000;

/** Columns of equal length, by name. */
export type Columns = Readonly<Record<string, readonly (string | number)[]>>;

/** Returns one row a month: what ended and was issued, and each policy's counts. */
export function monthColumns(plan: FleetPlan, counts: FleetCounts): Columns {
  const months = Array.from({ length: counts.months }, (_, i) =>
    new Date(plan.start + i * MONTH_MS).toISOString().slice(0, 10),
  );
  const tokens = TOKEN_COUNTS.map((what) => [what, [...tokensByMonth(counts, what)]] as const);
  const policies = plan.policies.flatMap(({ name }, i) =>
    POLICY_COUNTS.map((what) => [`${name}_${what}`.replaceAll('-', '_'), [...policyByMonth(counts, i, what)]] as const),
  );
  return { month_from: months, ...Object.fromEntries([...tokens, ...policies]) };
}

/** Returns one row a bin of drift and year: how many tokens in use were that far ahead. */
export function driftColumns(counts: FleetCounts): Columns {
  const rows = [...counts.drift].map((tokens, i) => ({
    year: Math.floor(i / DRIFT_BINS) + 1,
    ahead_from_s: (i % DRIFT_BINS) * DRIFT_BIN_S - DRIFT_MAX_S,
    tokens,
  }));
  return {
    year: rows.map(({ year }) => year),
    ahead_from_s: rows.map(({ ahead_from_s: from }) => from),
    tokens: rows.map(({ tokens }) => tokens),
  };
}

/** Returns RFC 4180 text. No field has a comma or a quote: names are small letters and hyphens. */
export function csvOf(columns: Columns): string {
  const names = Object.keys(columns);
  const rows = (columns[names[0] ?? ''] ?? []).map((_, i) => names.map((name) => columns[name]?.[i]).join(','));
  return `${[names.join(','), ...rows].join('\r\n')}\r\n`;
}

/** Returns an Arrow file, which Python, R and DuckDB read as it is. */
export function arrowOf(columns: Columns): Uint8Array {
  const arrays = Object.entries(columns).map(
    ([name, values]) => [name, typeof values[0] === 'number' ? Float64Array.from(values as number[]) : values] as const,
  );
  return tableToIPC(tableFromArrays(Object.fromEntries(arrays)), 'file');
}
