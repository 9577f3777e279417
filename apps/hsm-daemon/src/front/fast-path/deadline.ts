// gRPC over HTTP/2 (grpc/doc/PROTOCOL-HTTP2.md), Timeout: at most eight digits and a unit.
import type { IncomingHttpHeaders } from 'node:http2';

const TIMEOUT = /^(\d{1,8})([HMSmun])$/;
const UNIT_MS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 1e-3, n: 1e-6 };

/**
 * Returns when a call must be answered: infinite without the header, undefined for a malformed one.
 */
export function deadlineOf(headers: IncomingHttpHeaders, nowMs: number): number | undefined {
  const timeout = headers['grpc-timeout'];
  if (timeout === undefined) return Number.POSITIVE_INFINITY;
  const [, count, unit = ''] = TIMEOUT.exec(String(timeout)) ?? [];
  return count === undefined ? undefined : nowMs + Number(count) * (UNIT_MS[unit] ?? 0);
}
