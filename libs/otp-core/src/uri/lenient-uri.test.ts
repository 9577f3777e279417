// What apps write: the forms of their documentation and of their exports.
import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../../../test/harness/reason-of.ts';
import { formatCode, HmacKey, hotpDigits, parseOtpAuth, totp } from '../index.ts';

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const LENIENT = { lenient: true, allowShortSecret: true } as const;
const secretOf = (uri: string) => Buffer.from(parseOtpAuth(uri, LENIENT).secret.expose()).toString('latin1');

describe('a lenient otpauth URI', () => {
  it.each([
    [
      "Google's documentation: 80 bits",
      'otpauth://totp/Example:alice@google.com?secret=JBSWY3DPEHPK3PXP&issuer=Example',
      { issuer: 'Example', account: 'alice@google.com', hash: 'sha1', digits: 6, periodSeconds: 30 },
      ['a secret under 128 bits'],
    ],
    [
      "Google's documentation: everything said",
      'otpauth://totp/ACME%20Co:john.doe@email.com?secret=HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ&issuer=ACME%20Co&algorithm=SHA1&digits=6&period=30',
      { issuer: 'ACME Co', account: 'john.doe@email.com' },
      [],
    ],
    [
      'Aegis: padding, its own order, an issuer only in the query',
      `otpauth://totp/alice?period=30&digits=6&algorithm=SHA256&secret=${SECRET}&issuer=Deno`,
      { issuer: 'Deno', account: 'alice', hash: 'sha256' },
      [],
    ],
    [
      'FreeOTP: an image, an encoded colon, a counter in a totp',
      `otpauth://totp/Red%20Hat%3Abob?secret=${SECRET}&algorithm=SHA1&digits=6&period=30&counter=0&image=https%3A%2F%2Fexample.com%2Fa.png`,
      { issuer: 'Red Hat', account: 'bob' },
      ['a counter in a totp URI', 'the parameter image'],
    ],
    [
      'Microsoft: lower case in groups, form spaces in the issuer',
      'otpauth://totp/Contoso%20Ltd:bob@contoso.com?secret=gezd+gnbv+gy3t+qojq+gezd+gnbv+gy3t+qojq&issuer=Contoso+Ltd',
      { issuer: 'Contoso Ltd', account: 'bob@contoso.com' },
      [
        '+ for a space in the secret',
        'spaces or dashes in the secret',
        'a secret in lower case',
        '+ for a space in the issuer',
      ],
    ],
    [
      'another spelling of the algorithm, and an account with a plus',
      `otpauth://totp/a+b@example.com?secret=${SECRET}&algorithm=sha1`,
      { issuer: '', account: 'a+b@example.com', hash: 'sha1' },
      ['another spelling of the algorithm'],
    ],
    [
      'padding, raw and encoded',
      'otpauth://totp/a?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOI%3D&issuer=x',
      { issuer: 'x' },
      ['padding of the secret'],
    ],
    [
      'hotp without a counter',
      `otpauth://HOTP/a?secret=${SECRET}`,
      { type: 'hotp', counter: 0 },
      ['upper case in its scheme or type', 'a missing counter'],
    ],
    [
      'two issuers: the query counts',
      `otpauth://totp/Old:a?issuer=New&secret=${SECRET}`,
      { issuer: 'New' },
      ['two issuers'],
    ],
  ])('%s', (_, uri, expected, forgiven) => {
    const { secret, ...read } = parseOtpAuth(uri, LENIENT);
    expect(read).toMatchObject(expected);
    expect(read.forgiven).toEqual(forgiven);
    expect(secret.length).toBeGreaterThanOrEqual(10);
  });

  it('has the secret that the app has', () => {
    const expected = '12345678901234567890';
    for (const written of [SECRET, SECRET.toLowerCase(), SECRET.replaceAll(/(.{4})/g, '$1 ')]) {
      expect(secretOf(`otpauth://totp/a?secret=${encodeURIComponent(written)}`)).toBe(expected);
    }
    expect(secretOf('otpauth://totp/a?secret=JBSWY3DPEHPK3PXP')).toBe('Hello!\xde\xad\xbe\xef');
    // 26 characters hold 16 bytes and two loose bits.
    expect(parseOtpAuth('otpauth://totp/a?secret=GEZDGNBVGY3TQOJQGEZDGNBVGZ', LENIENT)).toMatchObject({
      forgiven: ['loose bits at the end of the secret'],
    });
  });

  it('gives a key of 80 bits that makes the code of other implementations', () => {
    const { secret, hash } = parseOtpAuth('otpauth://totp/a?secret=JBSWY3DPEHPK3PXP', LENIENT);
    using key = HmacKey.fromShort(hash, secret);
    const steps = { periodSeconds: 30, t0Seconds: 0 };
    expect(formatCode(totp(key, 0, steps, hotpDigits(6)))).toBe('282760');
    expect(reasonOf(() => HmacKey.from(hash, secret))).toBe('key-length');
  });

  it.each([
    ['80 bits that the caller did not allow', 'otpauth://totp/a?secret=JBSWY3DPEHPK3PXP', { lenient: true } as const],
    ['another scheme', `http://totp/a?secret=${SECRET}`, LENIENT],
    ['another type', `otpauth://steam/a?secret=${SECRET}`, LENIENT],
    ['a secret twice', `otpauth://totp/a?secret=${SECRET}&secret=${SECRET}`, LENIENT],
    ['no secret', 'otpauth://totp/a?issuer=b', LENIENT],
    ['another hash', `otpauth://totp/a?secret=${SECRET}&algorithm=MD5`, LENIENT],
    ['a direction mark in a name', `otpauth://totp/a%E2%80%AEb?secret=${SECRET}`, LENIENT],
    ['a broken percent-encoding', `otpauth://totp/%zz?secret=${SECRET}`, LENIENT],
  ])('is not %s', (_, uri, options) => {
    expect(reasonOf(() => parseOtpAuth(uri, options))).toBe('uri-format');
  });
});
