import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../../../test/harness/reason-of.ts';
import { buildOtpAuth, decodeBase32, encodeBase32, OtpError, parseOtpAuth, Secret } from '../index.ts';

describe('Base32 (RFC 4648)', () => {
  // Section 10, without padding and with it.
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('section 10: %j is %s', (text, base32) => {
    expect(encodeBase32(Buffer.from(text))).toBe(base32);
    const padding = '='.repeat((8 - (base32.length % 8)) % 8);
    for (const written of [base32, base32 + padding]) expect(Buffer.from(decodeBase32(written)).toString()).toBe(text);
  });

  it('round-trips any bytes, and accepts only one text for the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect([...decodeBase32(encodeBase32(bytes))]).toEqual([...bytes]);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z2-7=a-z018]{0,24}$/), (text) => {
        const bytes = orReason(() => decodeBase32(text), 'base32-format');
        if (bytes !== undefined) expect(encodeBase32(bytes)).toBe(text.replace(/=+$/, ''));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    'A',
    'ABC',
    'ABCDEF',
    'mzxw6',
    'MZXW6===YTB',
    'MZXW6==',
    'MZXW6====',
    '========',
    'MZ XW',
    'MZXW6-',
    'M1',
    'MZ',
    'é2345678',
    'A'.repeat(1_648),
  ])('rejects %j', (text) => {
    expect(() => decodeBase32(text)).toThrow(OtpError);
  });
});

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('otpauth URIs', () => {
  it('parses the URIs that apps write', () => {
    const uri = `otpauth://totp/Example%20Co:alice%40example.com?secret=${SECRET}&issuer=Example%20Co&algorithm=SHA256&digits=8&period=60`;
    const { secret, ...auth } = parseOtpAuth(uri);
    expect(auth).toEqual({
      type: 'totp',
      issuer: 'Example Co',
      account: 'alice@example.com',
      hash: 'sha256',
      digits: 8,
      periodSeconds: 60,
      counter: 0,
    });
    expect(Buffer.from(secret.expose()).toString()).toBe('12345678901234567890');
    expect(parseOtpAuth(`otpauth://hotp/a?counter=7&secret=${SECRET}`)).toMatchObject({
      type: 'hotp',
      issuer: '',
      counter: 7,
      digits: 6,
      hash: 'sha1',
    });
  });

  it('parses back any URI that it builds', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .filter(
        (text) =>
          !text.includes(':') &&
          text === text.trimStart() &&
          text.isWellFormed() &&
          !/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text),
      );
    const auths = fc.record({
      type: fc.constantFrom('hotp' as const, 'totp' as const),
      issuer: fc.oneof(fc.constant(''), name),
      account: name,
      hash: fc.constantFrom('sha1' as const, 'sha256' as const, 'sha512' as const),
      digits: fc.integer({ min: 6, max: 10 }),
      periodSeconds: fc.integer({ min: 1, max: 86_400 }),
      counter: fc.maxSafeNat(),
      bytes: fc.uint8Array({ minLength: 16, maxLength: 64 }),
    });
    fc.assert(
      fc.property(auths, ({ bytes, ...auth }) => {
        const { secret, ...read } = parseOtpAuth(buildOtpAuth({ ...auth, secret: Secret.copy(bytes) }));
        const kept = auth.type === 'hotp' ? { ...auth, periodSeconds: 30 } : { ...auth, counter: 0 };
        expect(read).toEqual(kept);
        expect([...secret.expose()]).toEqual([...bytes]);
      }),
    );
  });

  it.each([
    ['another scheme', 'http://totp/a?secret='],
    ['another type', 'otpauth://motp/a?secret='],
    ['no account', 'otpauth://totp/?secret='],
    ['an empty account', 'otpauth://totp/Issuer:?secret='],
    ['two colons', 'otpauth://totp/a:b:c?secret='],
    ['two issuers', 'otpauth://totp/A:b?issuer=B&secret='],
    ['an unknown parameter', 'otpauth://totp/a?image=x&secret='],
    ['a parameter twice', `otpauth://totp/a?secret=${SECRET}&secret=`],
    ['a parameter of the other type', 'otpauth://totp/a?counter=1&secret='],
    ['an unknown algorithm', 'otpauth://totp/a?algorithm=MD5&secret='],
    ['an algorithm named like a property of every object', 'otpauth://totp/a?algorithm=constructor&secret='],
    ['five digits', 'otpauth://totp/a?digits=5&secret='],
    ['digits in words', 'otpauth://totp/a?digits=six&secret='],
    ['digits with a sign', 'otpauth://totp/a?digits=%2B6&secret='],
    ['no period', 'otpauth://totp/a?period=0&secret='],
    ['hotp without a counter', 'otpauth://hotp/a?secret='],
    ['an issuer with a colon', 'otpauth://totp/a?issuer=x%3Ay&secret='],
    ['a control character', 'otpauth://totp/a%0Ab?secret='],
    ['a control of the upper half', 'otpauth://totp/a%C2%85b?secret='],
    ['a line separator', 'otpauth://totp/a%E2%80%A8b?secret='],
    ['a direction mark', 'otpauth://totp/a%E2%80%AEb?secret='],
    ['half a surrogate pair', 'otpauth://totp/a\ud800b?secret='],
    ['a broken percent-encoding', 'otpauth://totp/%zz?secret='],
    ['a fragment', 'otpauth://totp/a?issuer=x#y&secret='],
  ])('rejects %s', (_, start) => {
    expect(reasonOf(() => parseOtpAuth(`${start}${SECRET}`))).toBe('uri-format');
  });

  it.each([
    ['no secret', 'otpauth://totp/a?digits=6'],
    ['a short secret', 'otpauth://totp/a?secret=MZXW6YTBOI'],
    ['a long URI', `otpauth://totp/${'a'.repeat(4_100)}?secret=${SECRET}`],
  ])('rejects %s', (_, uri) => {
    expect(reasonOf(() => parseOtpAuth(uri))).toBe('uri-format');
  });

  it.each([
    ['padding', `${SECRET}=`, 'padding'],
    ['loose bits', `${SECRET.slice(0, -7)}Z`, 'belong to no byte'],
  ])('names the fault of a secret with %s', (_, secret, what) => {
    expect(() => parseOtpAuth(`otpauth://totp/a?secret=${secret}`)).toThrow(what);
  });

  it('accepts the joiner of Persian words in a name', () => {
    expect(parseOtpAuth(`otpauth://totp/%D9%85%DB%8C%E2%80%8C%D8%B4%D9%88%D8%AF?secret=${SECRET}`).account).toBe(
      'می\u200cشود',
    );
  });

  it('accepts only one spelling of a secret', () => {
    expect(() => parseOtpAuth(`otpauth://totp/a?secret=%47${SECRET.slice(1)}`)).toThrow(OtpError);
  });

  const AUTH = {
    type: 'totp',
    issuer: '',
    account: 'a',
    hash: 'sha1',
    digits: 6,
    periodSeconds: 30,
    counter: 0,
  } as const;

  it.each([
    ['no account', { account: '' }],
    ['a colon in the account', { account: 'a:b' }],
    ['a colon in the issuer', { issuer: 'b:c' }],
    ['a leading space that would be lost', { issuer: 'i', account: ' a' }],
    ['half a surrogate pair', { account: '\ud800' }],
    ['a line break', { account: 'a\nb' }],
    ['four digits', { digits: 4 }],
    ['no digits', { digits: Number.NaN }],
    ['half a second', { periodSeconds: 0.5 }],
    ['a counter that is too large', { type: 'hotp' as const, counter: 2 ** 60 }],
    ['a short secret', { secret: Secret.own(new Uint8Array(8)) }],
    ['a name that is too long', { account: 'a'.repeat(4_100) }],
  ])('builds no URI that it could not parse back: %s', (_, change) => {
    const auth = { ...AUTH, secret: Secret.own(new Uint8Array(20)), ...change };
    expect(reasonOf(() => buildOtpAuth(auth))).toBe('uri-format');
  });
});

function orReason<T>(work: () => T, reason: string): T | undefined {
  try {
    return work();
  } catch (error) {
    expect((error as OtpError).reason).toBe(reason);
    return undefined;
  }
}
