import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modPowerOfTen } from './code.ts';
import {
  bankPinDigits,
  formatCode,
  HmacKey,
  hotpDigits,
  matchKeys,
  matchWindow,
  type OtpError,
  parseCode,
  resynchronise,
  Secret,
  secretBytes,
} from './index.ts';

describe('codes', () => {
  it('round-trips text, including leading zeros', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{4,10}$/), (text) => {
        expect(formatCode(parseCode(text, bankPinDigits(text.length)))).toBe(text);
      }),
    );
  });

  it('requires the length that the verifier sets, for any typed length', () => {
    for (const typed of ['12345', '1234567', '1234', '0'.repeat(10)]) {
      expect(() => parseCode(typed, hotpDigits(6))).toThrow('code must be 6 ASCII digits');
    }
  });

  it('throws only code-format, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 14 }), (text) => {
        try {
          parseCode(text, hotpDigits(6));
        } catch (error) {
          expect((error as OtpError).reason).toBe('code-format');
        }
      }),
    );
  });

  it.each([
    '',
    '12345',
    '1234567',
    '12 456',
    '12345\n',
    '１２３４５６',
    '۱۲۳۴۵۶',
    '-12345',
    '1e5000',
    '12345\0',
    123456 as never,
    null as never,
  ])('rejects %j without repeating it', (text) => {
    expect(() => parseCode(text, hotpDigits(6))).toThrow(/^code must be 6 ASCII digits$/);
  });

  it.each([Number.NaN, 0.9, 2 ** 64, Number.POSITIVE_INFINITY, -1, 1_000_000])(
    'every check rejects a code with the value %d',
    (value) => {
      const key = HmacKey.from('sha1', Secret.own(new Uint8Array(20)));
      const code = { value, digits: hotpDigits(6) };
      const right = { value: 1, digits: hotpDigits(6) };
      expect(() => matchWindow(key, code, 0, 1)).toThrow('the value of a code');
      expect(() => matchKeys([key], code, 0, 1)).toThrow('the value of a code');
      expect(() => resynchronise(key, [right, code], 0, 1, -1)).toThrow('the value of a code');
      expect(() => matchWindow(key, { value: 0, digits: 3 as never }, 0, 1)).toThrow('4 to 10 digits');
    },
  );
});

describe('the remainder without a division', () => {
  it('equals the % operator at every multiple and at random values', () => {
    const powers = [1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10];
    const wrong: string[] = [];
    const look = (value: number, power: number) => {
      if (modPowerOfTen(value, power) !== value % power) wrong.push(`${value} mod ${power}`);
    };
    for (const power of powers) {
      for (const value of [0, 1, 0x7ffffffe, 0x7fffffff]) look(value, power);
      // A product with the reciprocal rises with the value: right at both ends of a range, right
      // within.
      for (let multiple = power; multiple <= 0x7fffffff; multiple += power) {
        look(multiple - 1, power);
        look(multiple, power);
      }
    }
    fc.assert(
      fc.property(fc.nat(0x7fffffff), fc.constantFrom(...powers), (value, power) => {
        expect(modPowerOfTen(value, power)).toBe(value % power);
      }),
      { numRuns: 5_000 },
    );
    expect(wrong).toEqual([]);
  });
});

describe('a secret', () => {
  it('is all zeros after a wipe, and never prints its bytes', () => {
    const bytes = Uint8Array.from([1, 2, 3]);
    const secret = Secret.own(bytes);
    const shown = [`${secret}`, JSON.stringify({ secret }), inspect({ secret }, { showHidden: true, depth: 9 })];
    expect(shown).toEqual(['[secret]', '{"secret":"[secret]"}', '{ secret: [secret] }']);
    {
      using _scoped = secret;
    }
    expect([...bytes]).toEqual([0, 0, 0]);
    expect(() => secret.expose()).toThrow('secret was wiped');
  });

  it('counts as wiped even when its buffer was transferred before', () => {
    const bytes = secretBytes(4);
    const secret = Secret.own(bytes);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer as ArrayBuffer] });
    secret.wipe();
    expect(() => secret.expose()).toThrow('secret was wiped');
  });

  it.each([-1, 0.5, Number.NaN, 65_537])('rejects a length of %d bytes', (length) => {
    expect(() => secretBytes(length)).toThrow('a secret has 0 to 65536 bytes');
  });
});
