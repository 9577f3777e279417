import { describe, expect, it } from 'vitest';
import { QueueLimit } from './queue-limit.ts';

const MAX = 20_000;
const MANY_CALLS = 1_000;
/** With a single caller, which owns everything that waits. */
const isReached = (limit: QueueLimit, calls: number, codes: number) =>
  limit.isReached({ calls, codes }, { calls, codes }, 1, MAX);

describe('the queue limit', () => {
  const learned = (codes: number, tookMs: number, times = 100) => {
    const limit = new QueueLimit();
    for (let i = 0; i < times; i++) limit.learn(codes, tookMs);
    return limit;
  };
  /** The smallest number of codes that is too many. */
  const bound = (limit: QueueLimit, calls = MANY_CALLS) => {
    let codes = 0;
    while (!isReached(limit, calls, codes)) codes += 10;
    return codes;
  };

  it('is what the vault decides in 60 ms, and never above the maximum', () => {
    expect(bound(learned(1_000, 50))).toBe(1_200);
    expect(bound(learned(1_000, 1_000))).toBe(60);
    expect(bound(learned(4_000, 1))).toBe(MAX);
  });

  it('admits a few calls, however many codes they carry and however slow the vault is', () => {
    expect(isReached(learned(1_000, 1_000), 9, 9_000)).toBe(false);
    expect(isReached(learned(1_000, 1_000), 10, 9_000)).toBe(true);
    expect(isReached(learned(1_000, 1_000), 9, MAX)).toBe(true);
  });

  it('starts at two calls of a thousand codes, and learns nothing from small batches', () => {
    expect(bound(new QueueLimit())).toBe(2_000);
    expect(bound(learned(1, 10))).toBe(2_000);
  });

  it('admits a caller with less than an equal part waiting, however much others have', () => {
    const limit = learned(1_000, 10);
    const all = { calls: 500, codes: 9_000 };
    expect(limit.isReached(all, { calls: 0, codes: 0 }, 2, MAX)).toBe(false);
    expect(limit.isReached(all, { calls: 10, codes: 2_990 }, 2, MAX)).toBe(false);
    expect(limit.isReached(all, { calls: 10, codes: 3_000 }, 2, MAX)).toBe(true);
  });

  it('adapts to a store that becomes slow', () => {
    const limit = learned(1_000, 10, 50);
    expect(bound(limit)).toBe(6_000);
    for (let i = 0; i < 50; i++) limit.learn(1_000, 500);
    expect(bound(limit)).toBeLessThan(200);
  });
});
