import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bankPinDigits,
  COUNTER_MAX,
  HmacKey,
  hotp,
  latestMatchAbove,
  matchKeys,
  matchWindow,
  OtpError,
  parseCode,
  Secret,
} from './index.ts';

const KEY = HmacKey.from('sha1', Secret.own(new TextEncoder().encode('12345678901234567890')));

describe('the window check', () => {
  it('sets the bit of each step with this code, for any window', () => {
    const windows = fc.record({ first: fc.nat(2 ** 40), count: fc.integer({ min: 1, max: 31 }), offset: fc.nat(40) });
    fc.assert(
      fc.property(windows, fc.integer({ min: 4, max: 10 }).map(bankPinDigits), ({ first, count, offset }, digits) => {
        const code = hotp(KEY, first + offset, digits);
        const steps = Array.from({ length: count }, (_, i) => hotp(KEY, first + i, digits).value === code.value);
        const expected = steps.reduce((bits, equal, i) => bits | (Number(equal) << i), 0);
        expect(matchWindow(KEY, code, first, count)).toBe(expected);
      }),
    );
  });

  it('distinguishes ten-digit codes that differ only above 32 bits', () => {
    const code = hotp(KEY, 5, bankPinDigits(10));
    expect(matchWindow(KEY, { ...code, value: code.value + 2 ** 32 }, 5, 1)).toBe(0);
    expect(matchWindow(KEY, code, 5, 1)).toBe(1);
  });

  it('finds the latest match above the floor, and none at or below it', () => {
    fc.assert(
      fc.property(
        fc.nat(2 ** 31 - 1),
        fc.nat(1000),
        fc.integer({ min: 1, max: 31 }),
        fc.nat(1040),
        (bits, first, count, floor) => {
          const steps = Array.from({ length: count }, (_, i) => first + i);
          const live = steps.filter((step, i) => (bits >>> i) & 1 && step > floor);
          expect(latestMatchAbove(bits, first, count, floor)).toBe(live.at(-1) ?? -1);
        },
      ),
    );
  });

  it.each([0, 32, 1.5])('rejects a window of %d steps', (count) => {
    expect(() => matchWindow(KEY, parseCode('123456', bankPinDigits(6)), 0, count)).toThrow(OtpError);
  });

  it.each([
    ['more steps than bits', 100, 32, 99],
    ['an invalid step', Number.NaN, 2, 5],
    ['an invalid floor', 0, 2, Number.NaN],
    ['a floor below -1', 0, 2, -2],
  ])('rejects %s', (_, first, count, floor) => {
    expect(() => latestMatchAbove(0b11, first, count, floor)).toThrow(OtpError);
  });

  it.each([0, 7, 2 ** 40])('ignores a match at the floor %d and returns the one above it', (floor) => {
    expect(latestMatchAbove(0b1, floor, 1, floor)).toBe(-1);
    expect(latestMatchAbove(0b11, floor, 2, floor)).toBe(floor + 1);
    expect(latestMatchAbove(0b1, floor + 1, 1, floor)).toBe(floor + 1);
  });

  it('accepts a window that ends with the largest counter, and none beyond it', () => {
    const code = hotp(KEY, COUNTER_MAX, bankPinDigits(10));
    expect(matchWindow(KEY, code, COUNTER_MAX - 2, 3)).toBe(0b100);
    expect(() => matchWindow(KEY, code, COUNTER_MAX - 2, 4)).toThrow('counter must be');
    expect(() => matchWindow(KEY, code, -1, 3)).toThrow('counter must be');
  });

  it('covers all of 31 steps', () => {
    expect(matchWindow(KEY, hotp(KEY, 130, bankPinDigits(10)), 100, 31)).toBe(1 << 30);
  });
});

describe('several keys at once', () => {
  const keys = Array.from({ length: 9 }, (_, n) => HmacKey.from('sha1', Secret.own(new Uint8Array(20).fill(n + 1))));

  it('returns the same bits for each key as matchWindow does', () => {
    const inputs = fc.tuple(
      fc.integer({ min: 1, max: 9 }),
      fc.nat(8),
      fc.nat(2 ** 40),
      fc.integer({ min: 1, max: 6 }),
      fc.nat(7),
    );
    fc.assert(
      fc.property(inputs, ([count, whose, first, steps, offset]) => {
        const some = keys.slice(0, count);
        const code = hotp(keys[whose % count] as HmacKey, first + offset, bankPinDigits(4));
        expect([...matchKeys(some, code, first, steps)]).toEqual(
          some.map((key) => matchWindow(key, code, first, steps)),
        );
      }),
    );
  });

  it('finds a code in every token that shows it', () => {
    const [key] = keys as [HmacKey];
    const code = hotp(key, 5, bankPinDigits(8));
    expect([...matchKeys([key, keys[1] as HmacKey, key], code, 4, 3)]).toEqual([0b10, 0, 0b10]);
  });

  it('accepts 0 to 64 keys, and rejects 65, keys of two hashes, and 32 steps', () => {
    const code = parseCode('1234', bankPinDigits(4));
    expect([...matchKeys([], code, 0, 1)]).toEqual([]);
    const many = (count: number) => Array.from({ length: count }, () => keys[0] as HmacKey);
    const own = hotp(keys[0] as HmacKey, 3, bankPinDigits(6));
    expect([...matchKeys(many(64), own, 3, 1)]).toEqual(many(64).map(() => 1));
    expect(() => matchKeys(many(65), code, 0, 1)).toThrow('at most 64 keys');
    const other = HmacKey.from('sha256', Secret.own(new Uint8Array(20)));
    expect(() => matchKeys([keys[0] as HmacKey, other], code, 0, 1)).toThrow('different hashes');
    expect(() => matchKeys(keys, code, 0, 32)).toThrow('1 to 31 steps');
  });
});
