import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bankPinDigits, HmacKey, hotp, latestMatchAbove, matchWindow, OtpError, parseCode, Secret } from './index.ts';

const KEY = HmacKey.from('sha1', Secret.own(new TextEncoder().encode('12345678901234567890')));

describe('the window check', () => {
  it('sets the bit of each step whose code it is, for any window', () => {
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

  it('tells ten-digit codes apart that differ above 32 bits only', () => {
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

  it.each([0, 32, 1.5])('refuses a window of %d steps', (count) => {
    expect(() => matchWindow(KEY, parseCode('123456'), 0, count)).toThrow(OtpError);
  });
});
