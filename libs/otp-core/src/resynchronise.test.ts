import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../../test/harness/reason-of.ts';
import { COUNTER_MAX, HmacKey, hotp, hotpDigits, RESYNC_STEPS_MAX, resynchronise, Secret } from './index.ts';

const KEY = HmacKey.from('sha1', Secret.own(new TextEncoder().encode('12345678901234567890')));
const DIGITS = hotpDigits(6);
const codesFrom = (step: number, count = 2) => Array.from({ length: count }, (_, i) => hotp(KEY, step + i, DIGITS));

describe('resynchronisation', () => {
  it('finds two or three consecutive codes anywhere in the window, and returns the step of the last', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), fc.nat(199), fc.constantFrom(2, 3), (first, offset, count) => {
        expect(resynchronise(KEY, codesFrom(first + offset, count), first, 200, -1)).toBe(first + offset + count - 1);
      }),
    );
  });

  it('covers a day of one-minute steps either way', () => {
    const now = 30_000_000;
    for (const drift of [-1_441, -1, 0, 1, 1_441]) {
      expect(resynchronise(KEY, codesFrom(now + drift), now - 1_441, RESYNC_STEPS_MAX, 0)).toBe(now + drift + 1);
    }
  });

  it('accepts 2,883 steps, and a window that ends with the largest counter', () => {
    expect(RESYNC_STEPS_MAX).toBe(2 * 1_441 + 1);
    const first = COUNTER_MAX - 10;
    expect(resynchronise(KEY, codesFrom(COUNTER_MAX - 1), first, 10, 0)).toBe(COUNTER_MAX);
    expect(() => resynchronise(KEY, codesFrom(COUNTER_MAX - 1), first, 11, 0)).toThrow('counter must be');
  });

  it('rejects old codes, one code twice, a gap, a wrong order, and codes outside the window', () => {
    const [a, b, c] = codesFrom(100, 3) as [ReturnType<typeof hotp>, ReturnType<typeof hotp>, ReturnType<typeof hotp>];
    expect(resynchronise(KEY, [a, b], 50, 100, 100)).toBe(-1);
    expect(resynchronise(KEY, [a, b], 50, 100, 99)).toBe(101);
    for (const codes of [
      [a, a],
      [a, c],
      [b, a],
    ])
      expect(resynchronise(KEY, codes, 50, 100, 0)).toBe(-1);
    expect(resynchronise(KEY, [a, b], 101, 100, 0)).toBe(-1);
    expect(resynchronise(KEY, [a, b], 0, 100, 0)).toBe(-1);
    expect(resynchronise(KEY, [b, c], 0, 100, 0)).toBe(-1);
  });

  it('never matches past the end of the window, where nothing was computed', () => {
    const behind = [hotp(KEY, 60, DIGITS), { value: 0, digits: DIGITS }];
    expect(resynchronise(KEY, behind, 50, 10, 0)).toBe(-1);
  });

  it('never returns a step at or below the floor, for any codes', () => {
    const inputs = fc.tuple(fc.nat(400), fc.nat(300), fc.nat(700));
    fc.assert(
      fc.property(inputs, ([step, first, floor]) => {
        const found = resynchronise(KEY, codesFrom(step), first, 200, floor);
        expect(found === -1 || (found > floor + 1 && found === step + 1)).toBe(true);
      }),
    );
  });

  it.each([
    ['one code', 1, 10, 'codes-count'],
    ['four codes', 4, 10, 'codes-count'],
    ['an empty window', 2, 0, 'window-range'],
    ['a window that is too wide', 2, RESYNC_STEPS_MAX + 1, 'window-range'],
  ])('rejects %s', (_, count, steps, reason) => {
    expect(reasonOf(() => resynchronise(KEY, codesFrom(1, count), 0, steps, 0))).toBe(reason);
  });

  it('rejects codes of different lengths', () => {
    expect(reasonOf(() => resynchronise(KEY, [hotp(KEY, 1, DIGITS), hotp(KEY, 2, hotpDigits(8))], 0, 9, 0))).toBe(
      'codes-count',
    );
  });
});
