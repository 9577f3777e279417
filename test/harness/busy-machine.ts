// Whether this machine has time for a measurement. Tests run beside each other and beside other
// work: a limit of time that is exceeded on a busy machine proves nothing.
import { cpus, loadavg } from 'node:os';
import type { TestContext } from 'vitest';
import { expect } from 'vitest';

/**
 * Processes that wait for each core, on average over a minute. Three workers of the tests are
 * fewer.
 */
const LOAD_A_CORE_MAX = 1.75;
/** Work that takes a core some 50 ms. */
const PROBE_ROUNDS = 20_000_000;
/** Of the time of that work, the part that this process must get. */
const SHARE_MIN = 0.7;

/** Returns why nothing can be judged by time; undefined on a machine that is free enough. */
export function whyBusy(): string | undefined {
  const [load = 0] = loadavg();
  if (load > LOAD_A_CORE_MAX * cpus().length) return `load ${load.toFixed(1)} on ${cpus().length} cores`;
  const share = shareOfACore();
  return share < SHARE_MIN ? `this process gets ${Math.round(share * 100)} % of a core` : undefined;
}

function shareOfACore(): number {
  const [beganMs, usage] = [performance.now(), process.cpuUsage()];
  let mixed = 1;
  for (let round = 0; round < PROBE_ROUNDS; round++) mixed = Math.imul(mixed ^ round, 0x85ebca6b);
  const { user, system } = process.cpuUsage(usage);
  return mixed === 0 ? 1 : (user + system) / 1_000 / (performance.now() - beganMs);
}

/** Skips the test, with the reason, when the machine is too busy to judge by load. */
export function skipIfBusy(context: TestContext, what: string): void {
  const why = whyBusy();
  if (why !== undefined) context.skip(`cannot judge: ${what}, and ${why}`);
}

/**
 * Fails when something took too long; skips the test, with the reason, when the machine is too busy
 * to judge that.
 */
export function expectWithin(context: TestContext, tookMs: number, limitMs: number, what: string): void {
  const why = tookMs < limitMs ? undefined : whyBusy();
  if (why !== undefined) context.skip(`cannot judge: ${what} took ${Math.round(tookMs)} ms, and ${why}`);
  expect(tookMs).toBeLessThan(limitMs);
}
