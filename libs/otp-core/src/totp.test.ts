import { describe, expect, it } from 'vitest';
import { formatCode, type HashName, HmacKey, hotpDigits, OtpError, Secret, stepAt, totp } from './index.ts';

// RFC 6238, appendix B. Its text names one 20-byte seed; its values use 20, 32 and 64 bytes
// (erratum 2866).
const SEED_BYTES: Record<HashName, number> = { sha1: 20, sha256: 32, sha512: 64 };
const APPENDIX_B: readonly (readonly [number, string, string, string])[] = [
  [59, '94287082', '46119246', '90693936'],
  [1111111109, '07081804', '68084774', '25091201'],
  [1111111111, '14050471', '67062674', '99943326'],
  [1234567890, '89005924', '91819424', '93441116'],
  [2000000000, '69279037', '90698825', '38618901'],
  [20000000000, '65353130', '77737706', '47863826'],
];
const STEPS = { periodSeconds: 30, t0Seconds: 0 };

describe('TOTP (RFC 6238)', () => {
  it.each(APPENDIX_B)('appendix B, time %i', (timeSeconds, ...codes) => {
    (['sha1', 'sha256', 'sha512'] as const).forEach((hash, i) => {
      const seed = new TextEncoder().encode('1234567890'.repeat(7).slice(0, SEED_BYTES[hash]));
      const key = HmacKey.from(hash, Secret.own(seed));
      expect(formatCode(totp(key, timeSeconds * 1000, STEPS, hotpDigits(8)))).toBe(codes[i]);
    });
  });

  it('a step lasts from its first millisecond to its last', () => {
    const steps = { periodSeconds: 60, t0Seconds: 0 };
    expect([0, 59_999, 60_000, 119_999, 120_000].map((ms) => stepAt(ms, steps))).toEqual([0, 0, 1, 1, 2]);
  });

  it('starts at T0 with step 0, never -0', () => {
    const steps = { periodSeconds: 30, t0Seconds: 1_000 };
    expect([1_000_000, 1_029_999, 1_030_000].map((ms) => stepAt(ms, steps))).toEqual([0, 0, 1]);
    expect(Object.is(stepAt(-0, STEPS), 0)).toBe(true);
    expect(() => stepAt(2_000_000, { periodSeconds: 30, t0Seconds: 0.5 })).toThrow('whole seconds');
  });

  it('accepts a time step of one day', () => {
    expect(stepAt(86_400_000, { periodSeconds: 86_400, t0Seconds: 0 })).toBe(1);
  });

  it('counts beyond 32 bits', () => {
    expect(stepAt(2 ** 33 * 1000, { periodSeconds: 1, t0Seconds: 0 })).toBe(2 ** 33);
  });

  it.each([
    ['a time before T0', -1, STEPS, 'time-range'],
    ['no time', Number.NaN, STEPS, 'time-range'],
    ['endless', Number.POSITIVE_INFINITY, STEPS, 'time-range'],
    ['no period', 0, { periodSeconds: 0, t0Seconds: 0 }, 'period-range'],
    ['a period of half a second', 0, { periodSeconds: 0.5, t0Seconds: 0 }, 'period-range'],
    ['a period of a day and a second', 0, { periodSeconds: 86_401, t0Seconds: 0 }, 'period-range'],
  ] as const)('rejects %s', (_, timeMs, steps, reason) => {
    expect(() => stepAt(timeMs, steps)).toThrow(expect.objectContaining({ reason }) as OtpError);
  });
});
