import { describe, expect, it } from 'vitest';
import { QueueLimit } from './queue-limit.ts';

const MAX = 20_000;

describe('how many codes may wait', () => {
  const learned = (codes: number, took_ms: number, times = 100) => {
    const limit = new QueueLimit();
    for (let i = 0; i < times; i++) limit.learn(codes, took_ms);
    return limit.codes(MAX);
  };

  it('is what the vault does in 60 ms, within bounds', () => {
    expect(learned(1_000, 50)).toBeCloseTo(1_200);
    expect(learned(1_000, 1_000)).toBe(1_000);
    expect(learned(4_000, 1)).toBe(MAX);
  });

  it('is a call or two before anything is known, and small batches teach nothing', () => {
    expect(new QueueLimit().codes(MAX)).toBe(2_000);
    expect(learned(1, 10)).toBe(2_000);
  });

  it('follows a store that becomes slow', () => {
    const limit = new QueueLimit();
    for (let i = 0; i < 50; i++) limit.learn(1_000, 10);
    expect(limit.codes(MAX)).toBeCloseTo(6_000);
    for (let i = 0; i < 50; i++) limit.learn(1_000, 500);
    expect(limit.codes(MAX)).toBe(1_000);
  });
});
