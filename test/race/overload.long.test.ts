// Runs the daemon repeatedly at three times its sustainable rate: it rejects what it cannot do,
// loses no verdict, closes no connection, and keeps no memory for rejected calls.
// `npm run bench:overload` measures latencies. Seen to fail (planted) with a front that kept
// 5,000 bytes of each rejected call.
import { expect, it } from 'vitest';
import { measureOverload } from '../bench/bench-overload.ts';
import { Lab } from '../harness/lab.ts';

const SECONDS = 3;
const TIMES = [1, 3, 3, 3, 3, 3];
/**
 * Bytes kept per rejected call, at most. A late garbage collection makes memory grow in one run,
 * but not in each.
 */
const KEPT_BYTES_MAX = 2_500;
const BATCH = 50;
const MIB = 1_048_576;

/** Returns the smallest growth from one run to the next. */
function growth(sizes: readonly number[]): number {
  return Math.min(...sizes.slice(1).map((size, i) => size - (sizes[i] ?? 0)));
}

it('loses, closes and keeps nothing for rejected calls at three times the sustainable rate', {
  timeout: 180_000,
}, async () => {
  await using lab = await Lab.start();
  const before = Number((await lab.client('auditor').status()).logSize);
  const rows = await measureOverload(lab, SECONDS, TIMES);
  expect(rows.map(({ failed }) => failed)).toEqual(TIMES.map(() => 0));
  const overloads = rows.slice(1);
  for (const { answered, shed } of overloads) {
    // An unbounded queue sheds nothing, and a closed one answers nothing.
    expect(shed).toBeGreaterThan(0);
    expect(answered).toBeGreaterThan(0);
  }
  const refused = Math.min(...overloads.map(({ shed }) => shed));
  const kept = (growth(overloads.map(({ frontMib }) => frontMib)) * MIB) / refused;
  expect(kept).toBeLessThan(KEPT_BYTES_MAX);
  // The log contains every answered verdict.
  const verdicts = Number((await lab.client('auditor').status()).logSize) - before;
  const answered = rows.reduce((sum, row) => sum + row.answered, 0);
  expect(verdicts).toBeGreaterThanOrEqual(answered * BATCH);
});
