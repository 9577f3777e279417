import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCode, OtpError, parseCode, Secret } from './index.ts';

describe('codes', () => {
  it('are read and shown alike, zeros in front included', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{4,10}$/), (text) => {
        expect(formatCode(parseCode(text))).toBe(text);
      }),
    );
  });

  it('no text throws anything but code-format', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 14 }), (text) => {
        try {
          parseCode(text);
        } catch (error) {
          expect((error as OtpError).reason).toBe('code-format');
        }
      }),
    );
  });

  it.each(['', '123', '12345678901', '12 456', '12345\n', '１２３４５６', '۱۲۳۴۵۶', '-12345', '1e5000', '12345\0'])(
    'refuses %j without repeating it',
    (text) => {
      expect(() => parseCode(text)).toThrow(/^code must be 4 to 10 ASCII digits$/);
    },
  );
});

describe('a secret', () => {
  it('is zeros after it was wiped, and prints nothing of itself', () => {
    const bytes = Uint8Array.from([1, 2, 3]);
    const secret = Secret.own(bytes);
    expect([`${secret}`, JSON.stringify({ secret })]).toEqual(['[secret]', '{"secret":"[secret]"}']);
    {
      using _scoped = secret;
    }
    expect([...bytes]).toEqual([0, 0, 0]);
    expect(() => secret.expose()).toThrow('secret was wiped');
  });
});
