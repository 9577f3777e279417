import { randomBytes } from 'node:crypto';
import { Secret } from '@ramz/otp-core';
import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../../../test/harness/reason-of.ts';
import { aesKeyCheckValue, drawIdentifier, realmOfIdentifier, SCHEME_NAMES, sharingScheme } from '../index.ts';

const random = (length: number) => Uint8Array.from(randomBytes(length));
const hex = (secret: Secret) => Buffer.from(secret.expose()).toString('hex');

function* subsets<T>(items: readonly T[], size: number): Iterable<T[]> {
  if (size === 0) return yield [];
  for (const [i, item] of items.entries())
    for (const rest of subsets(items.slice(i + 1), size - 1)) yield [item, ...rest];
}

describe.each(SCHEME_NAMES)('shares by %s', (name) => {
  const scheme = sharingScheme(name);
  const [threshold, count] = name === 'xor' ? [3, 3] : [3, 5];
  const secret = random(32);
  const shares = scheme.split(Secret.copy(secret), threshold, count, 0x2001, random);

  it('restores the secret from every large enough set, and from no smaller one', () => {
    for (const some of subsets(shares, threshold))
      expect(hex(scheme.combine(some))).toBe(Buffer.from(secret).toString('hex'));
    for (const some of subsets(shares, threshold - 1))
      expect(reasonOf(() => scheme.combine(some))).toBe('shares-too-few');
  });

  it('have labels, and are read back from their text', () => {
    shares.forEach((share, i) => {
      expect(scheme.check(share, [])).toEqual({ identifier: 0x2001, index: i + 1, threshold });
      expect(hex(scheme.read(scheme.text(share)))).toBe(hex(share));
    });
  });

  it('reports a repeated share and one from another ceremony before the threshold', () => {
    const [one, two] = shares as [Secret, Secret];
    const others = scheme.split(Secret.copy(secret), threshold, count, 0x2003, random);
    expect(reasonOf(() => scheme.check(one, [two, one]))).toBe('share-repeated');
    expect(reasonOf(() => scheme.check(others[0] as Secret, [two]))).toBe('identifiers-differ');
  });

  it('detects any wrong letter or digit', () => {
    const text = scheme.text(shares[0] as Secret).expose();
    const at = name === 'xor' ? 30 : 31;
    const wrong = Secret.copy(text);
    wrong.expose()[at] = name === 'xor' ? (text[at] === 0x41 ? 0x42 : 0x41) : 0x21;
    expect(reasonOf(() => scheme.read(wrong))).toMatch(/^(component-check-value-wrong|word-unknown)$/);
    expect(reasonOf(() => scheme.read(Secret.copy(text.subarray(0, 20))))).toMatch(
      /^(component-malformed|mnemonic-length|word-unknown)$/,
    );
  });

  it.each([
    [1, 1],
    [1, 3],
    [4, 3],
    [2, 17],
  ])('rejects %i of %i', (threshold, count) => {
    expect(reasonOf(() => scheme.split(Secret.copy(secret), threshold, count, 1, random))).toBe('threshold-range');
  });
});

it('a component is typed as 21 whole groups of four digits', () => {
  const [component] = sharingScheme('xor').split(Secret.own(random(32)), 2, 2, 1, random);
  const groups = new TextDecoder()
    .decode(
      sharingScheme('xor')
        .text(component as Secret)
        .expose(),
    )
    .split(' ');
  expect(groups).toHaveLength(21);
  expect(new Set(groups.map((group) => group.length))).toEqual(new Set([4]));
});

describe('components', () => {
  const scheme = sharingScheme('xor');
  it('are rejected when one is all zeros, or two are equal', () => {
    const zeros = scheme.split(Secret.own(new Uint8Array(32)), 2, 2, 1, (length) => new Uint8Array(length));
    expect(reasonOf(() => scheme.check(zeros[0] as Secret, []))).toBe('component-weak');
    const equal = scheme.split(Secret.own(new Uint8Array(32)), 2, 2, 1, (length) => new Uint8Array(length).fill(7));
    expect(reasonOf(() => scheme.combine(equal))).toBe('share-repeated');
  });

  it('are rejected when any digit is wrong, that of their number and of their count too', () => {
    const [component] = scheme.split(Secret.own(random(32)), 3, 3, 0x1234, random) as [Secret, Secret, Secret];
    for (let at = 1; at < 42; at++) {
      const changed = Secret.copy(component.expose());
      changed.expose()[at] = (changed.expose()[at] ?? 0) ^ 1;
      expect([at, reasonOf(() => scheme.check(changed, []))]).toEqual([at, 'component-check-value-wrong']);
    }
  });

  const oldSheet = (identifier: number, index: number, count: number, value: Uint8Array) => {
    const kcv = Buffer.from(aesKeyCheckValue(Secret.copy(value)), 'hex');
    return Secret.own(Uint8Array.of(0xc0, identifier >>> 8, identifier & 0xff, index, count, ...value, ...kcv));
  };

  it('of older sheets, whose check value is over the value alone, still make their key', () => {
    const values = [random(32), random(32)];
    const sheets = values.map((value, i) => oldSheet(0x1234, i + 1, 2, value));
    const key = values[0]?.map((byte, i) => byte ^ (values[1]?.[i] ?? 0));
    expect([...scheme.combine(sheets).expose()]).toEqual([...(key ?? [])]);
  });

  it.each([
    ['a number over their count', 1, 3, 2],
    ['the number 0', 1, 0, 2],
    ['a count of 1', 1, 1, 1],
    ['a count of 0', 1, 1, 0],
    ['a count of 17', 1, 1, 17],
    ['an identifier of 16 bits', 0x8000, 1, 2],
  ])('are rejected with %s', (_, identifier, index, count) => {
    expect(reasonOf(() => scheme.check(oldSheet(identifier, index, count, random(32)), []))).toBe(
      'component-malformed',
    );
  });

  it('are rejected when there are more than make the key', () => {
    const three = [1, 2, 3].map((index) => oldSheet(1, Math.min(index, 2), 2, random(32)));
    expect(reasonOf(() => scheme.combine(three))).toBe('shares-too-many');
  });
});

it('an identifier contains its realm', () => {
  for (let i = 0; i < 50; i++) {
    expect(realmOfIdentifier(drawIdentifier('test', random))).toBe('test');
    expect(realmOfIdentifier(drawIdentifier('live', random))).toBe('live');
  }
});
