import { type Client, type ServiceError, status } from '@grpc/grpc-js';

/** What became of calls that came when they came, whether or not the former ones were answered. */
export interface OpenLoopResult {
  readonly answered: number;
  readonly shed: number;
  readonly failed: number;
  /** Of those answered with verdicts. */
  readonly p50_ms: number;
  readonly p99_ms: number;
  readonly took_s: number;
}

const same = (bytes: Buffer): Buffer => bytes;
const TICK_MS = 5;
const DEADLINE_MS = 10_000;

/** Sends each request once at `per_s`, in small groups. */
export async function openLoop(
  clients: readonly Client[],
  path: string,
  requests: readonly Buffer[],
  per_s: number,
): Promise<OpenLoopResult> {
  const latencies_ms: number[] = [];
  const ends = { shed: 0, failed: 0 };
  const began_ms = performance.now();
  const pending: Promise<void>[] = [];
  while (pending.length < requests.length) {
    const due = Math.min(requests.length, Math.floor(((performance.now() - began_ms) * per_s) / 1_000));
    while (pending.length < due) {
      const n = pending.length;
      pending.push(send(clients[n % clients.length] as Client, path, requests[n] as Buffer, latencies_ms, ends));
    }
    await new Promise((done) => setTimeout(done, TICK_MS));
  }
  await Promise.all(pending);
  const took_s = (performance.now() - began_ms) / 1_000;
  const sorted = Float64Array.from(latencies_ms).sort();
  const at = (fraction: number) => sorted[Math.floor((sorted.length - 1) * fraction)] ?? 0;
  return { answered: sorted.length, ...ends, p50_ms: at(0.5), p99_ms: at(0.99), took_s };
}

function send(
  client: Client,
  path: string,
  request: Buffer,
  latencies_ms: number[],
  ends: { shed: number; failed: number },
): Promise<void> {
  const sent_ms = performance.now();
  return new Promise((resolve) => {
    const deadline = Date.now() + DEADLINE_MS;
    client.makeUnaryRequest(path, same, same, request, { deadline }, (error: ServiceError | null) => {
      if (error === null) latencies_ms.push(performance.now() - sent_ms);
      else if (error.code === status.RESOURCE_EXHAUSTED) ends.shed += 1;
      else ends.failed += 1;
      resolve();
    });
  });
}
