// Three times what the daemon can sustain: it refuses at once what it can not do, and does the rest as fast as before.
// Seen to fail with a queue of 20,000 codes: the p99 of what was accepted then was over a second, and grew with the queue.
import { expect, it } from 'vitest';
import { measureOverload } from '../bench/bench-overload.ts';
import { Lab } from '../harness/lab.ts';

const SECONDS = 4;
/** Of the allocator, not of anything that waits. */
const GROWTH_MIB_MAX = 150;

it('at three times the sustainable rate it sheds, answers the rest in time, and does not grow', {
  timeout: 120_000,
}, async () => {
  await using lab = await Lab.start();
  const before = Number((await lab.client('auditor').status()).logSize);
  const [, sustained, over] = await measureOverload(lab, SECONDS);
  if (sustained === undefined || over === undefined) throw new Error('no rows');
  expect(over.shed).toBeGreaterThan(over.answered);
  expect(over.failed).toBe(0);
  expect(over.answered / over.took_s).toBeGreaterThan((sustained.answered / sustained.took_s) * 0.5);
  expect(over.p99_ms).toBeLessThan(Math.max(3 * sustained.p99_ms, 600));
  expect(over.front_mib + over.vault_mib).toBeLessThan(sustained.front_mib + sustained.vault_mib + GROWTH_MIB_MAX);
  // Every verdict that was answered is in the log.
  const verdicts = Number((await lab.client('auditor').status()).logSize) - before;
  expect(verdicts).toBeGreaterThanOrEqual((sustained.answered + over.answered) * 50);
});
