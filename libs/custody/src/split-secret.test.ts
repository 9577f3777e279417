import { randomBytes } from 'node:crypto';
import { Secret } from '@ramz/otp-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../../test/harness/reason-of.ts';
import { combineShares, decodeShare, encodeShare, type Share, splitSecret } from './index.ts';

const random = (length: number) => Uint8Array.from(randomBytes(length));

function* subsets<T>(items: readonly T[], size: number): Iterable<T[]> {
  if (size === 0) return yield [];
  for (const [i, item] of items.entries())
    for (const rest of subsets(items.slice(i + 1), size - 1)) yield [item, ...rest];
}

const copies = (shares: readonly Share[]) =>
  shares.map((share) => ({ ...share, value: Secret.copy(share.value.expose()) }));

describe('a split secret', () => {
  it.each([
    [2, 2],
    [2, 3],
    [3, 5],
    [5, 5],
    [7, 8],
  ])('%i of %i: every set of shares that is large enough makes it', (threshold, count) => {
    const secret = random(32);
    const shares = splitSecret(Secret.copy(secret), threshold, count, random);
    for (const some of subsets(shares, threshold)) expect([...combineShares(some).expose()]).toEqual([...secret]);
  });

  it('fewer shares are refused', () => {
    const shares = splitSecret(Secret.own(random(32)), 3, 5, random);
    expect(reasonOf(() => combineShares(shares.slice(0, 2)))).toBe('shares-too-few');
  });

  it('a repeated share, one of another ceremony and a forged one are told apart', () => {
    const shares = splitSecret(Secret.own(random(32)), 2, 3, random);
    const others = splitSecret(Secret.own(random(32)), 2, 3, random);
    const [one, two] = shares as [Share, Share];
    expect(reasonOf(() => combineShares([one, one]))).toBe('share-repeated');
    expect(reasonOf(() => combineShares([one, { ...(others[1] as Share), set_id: one.set_id ^ 1 }]))).toBe(
      'share-of-another-set',
    );
    const [, forged] = copies([one, two]) as [Share, Share];
    forged.value.expose().set([(forged.value.expose()[0] ?? 0) ^ 1]);
    expect(reasonOf(() => combineShares([one, forged]))).toBe('secret-digest-wrong');
  });

  it('any byte of an encoded share that changes is noticed before it is used', () => {
    const [share] = splitSecret(Secret.own(random(32)), 2, 3, random) as [Share];
    const bytes = encodeShare(share);
    expect(decodeShare(bytes)).toMatchObject({ index: 1, threshold: 2, set_id: share.set_id });
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ flip;
        expect(reasonOf(() => decodeShare(changed))).toMatch(/^share-(damaged|malformed)$/);
      }),
    );
  });

  it.each([
    [1, 1],
    [1, 3],
    [4, 3],
    [2, 17],
    [2.5, 3],
  ])('refuses %d of %d', (threshold, count) => {
    expect(reasonOf(() => splitSecret(Secret.own(random(32)), threshold, count, random))).toBe('threshold-range');
  });

  it('one share alone tells nothing: its bytes are spread evenly whatever the secret is', () => {
    // 4,000 shares of an all-zero secret: each bit is set about half of the time (5 sigma is 0.04).
    const ones = new Float64Array(256);
    const rounds = 4_000;
    for (let round = 0; round < rounds; round++) {
      const [share] = splitSecret(Secret.own(new Uint8Array(32)), 2, 2, random) as [Share];
      share.value.expose().forEach((byte, i) => {
        for (let bit = 0; bit < 8; bit++) ones[i * 8 + bit] = (ones[i * 8 + bit] ?? 0) + ((byte >> bit) & 1);
      });
    }
    expect(Math.max(...ones.map((count) => Math.abs(count / rounds - 0.5)))).toBeLessThan(0.045);
  });
});
