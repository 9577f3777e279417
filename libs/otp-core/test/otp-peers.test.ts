// Compares codes with other libraries: otplib, otpauth, node:crypto, and liboath where it is
// installed.
import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import {
  buildOtpAuth,
  encodeBase32,
  formatCode,
  type HashName,
  HmacKey,
  hotp,
  hotpDigits,
  matchWindow,
  parseOtpAuth,
  Secret,
  totp,
} from '@ramz/otp-core';
import fc from 'fast-check';
import * as otpauth from 'otpauth';
import { generateSync } from 'otplib';
import { describe, expect, it } from 'vitest';

const hashes = fc.constantFrom<HashName>('sha1', 'sha256', 'sha512');
// Both peers accept 6 to 8 digits, and secrets of at least 16 bytes.
const cases = fc.tuple(hashes, fc.uint8Array({ minLength: 16, maxLength: 64 }), fc.integer({ min: 6, max: 8 }));
const keyOf = (hash: HashName, bytes: Uint8Array) => HmacKey.from(hash, Secret.copy(bytes));
const peerSecret = (bytes: Uint8Array) => otpauth.Secret.fromBase32(encodeBase32(bytes));

describe('equals other libraries', () => {
  it('otpauth: HOTP up to 2^36, TOTP with any time step', () => {
    fc.assert(
      fc.property(
        cases,
        fc.nat(2 ** 31 - 1),
        fc.integer({ min: 1, max: 32 }),
        fc.integer({ min: 1, max: 3600 }),
        ([hash, bytes, digits], count, factor, periodSeconds) => {
          const counter = count * factor;
          const peer = { secret: peerSecret(bytes), algorithm: hash.toUpperCase(), digits };
          const key = keyOf(hash, bytes);
          expect(formatCode(hotp(key, counter, hotpDigits(digits)))).toBe(new otpauth.HOTP(peer).generate({ counter }));
          const timestamp = count * 1000;
          const expected = new otpauth.TOTP({ ...peer, period: periodSeconds }).generate({ timestamp });
          expect(formatCode(totp(key, timestamp, { periodSeconds, t0Seconds: 0 }, hotpDigits(digits)))).toBe(expected);
        },
      ),
    );
  });

  it('otpauth: both windows find the same step', () => {
    fc.assert(
      fc.property(
        cases,
        fc.integer({ min: 10, max: 2 ** 30 }),
        fc.integer({ min: -5, max: 5 }),
        ([hash, bytes, digits], step, drift) => {
          const peer = new otpauth.TOTP({
            secret: peerSecret(bytes),
            algorithm: hash.toUpperCase(),
            digits,
            period: 30,
          });
          const code = hotp(keyOf(hash, bytes), step + drift, hotpDigits(digits));
          const matches = matchWindow(keyOf(hash, bytes), code, step - 3, 7);
          const found = peer.validate({ token: formatCode(code), timestamp: step * 30_000, window: 3 });
          expect(matches !== 0).toBe(found !== null);
          if (Math.abs(drift) <= 3) expect((matches >>> (drift + 3)) & 1).toBe(1);
        },
      ),
    );
  });

  it('otplib', () => {
    fc.assert(
      fc.property(cases, fc.nat(2 ** 31 - 1), ([hash, bytes, digits], counter) => {
        const expected = generateSync({
          strategy: 'hotp',
          secret: encodeBase32(bytes),
          counter,
          algorithm: hash,
          digits: digits as 6,
        });
        expect(formatCode(hotp(keyOf(hash, bytes), counter, hotpDigits(digits)))).toBe(expected);
      }),
    );
  });

  it('node:crypto: 20,000 consecutive counters, and a few large ones', () => {
    const bytes = new Uint8Array(20).fill(9);
    const key = keyOf('sha1', bytes);
    const counters = [...Array(20_000).keys(), 2 ** 32 - 1, 2 ** 32, 2 ** 40 + 1, Number.MAX_SAFE_INTEGER];
    const message = Buffer.alloc(8);
    for (const counter of counters) {
      message.writeBigUInt64BE(BigInt(counter));
      const mac = createHmac('sha1', bytes).update(message).digest();
      const value = (mac.readUInt32BE((mac[19] ?? 0) & 0xf) & 0x7fffffff) % 1_000_000;
      if (hotp(key, counter, hotpDigits(6)).value !== value) expect.fail(`counter ${counter} differs`);
    }
  });

  it('otpauth: each library parses the URIs of the other', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom('Bank', 'A & B', 'بانک'), ([hash, bytes, digits], issuer) => {
        const auth = {
          type: 'totp',
          issuer,
          account: 'x@y',
          hash,
          digits,
          periodSeconds: 60,
          counter: 0,
          secret: Secret.copy(bytes),
        } as const;
        const read = otpauth.URI.parse(buildOtpAuth(auth)) as otpauth.TOTP;
        expect([read.issuer, read.label, read.algorithm, read.digits, read.period]).toEqual([
          issuer,
          'x@y',
          hash.toUpperCase(),
          digits,
          60,
        ]);
        expect([...new Uint8Array(read.secret.buffer)]).toEqual([...bytes]);
        expect(parseOtpAuth(read.toString())).toMatchObject({
          issuer,
          account: 'x@y',
          hash,
          digits,
          periodSeconds: 60,
        });
      }),
    );
  });
});

const oathtool = spawnSync('oathtool', ['--version'], { encoding: 'utf8' });

describe.runIf(oathtool.status === 0)('equals liboath (oathtool)', () => {
  it.each(['sha1', 'sha256', 'sha512'] as const)('TOTP with %s', (hash) => {
    const bytes = new Uint8Array(32).map((_, i) => i * 11);
    for (let n = 0; n < 20; n++) {
      const timeSeconds = 1_000_000_000 + n * 7_777_777;
      const args = [
        `--totp=${hash}`,
        '--digits=8',
        '--time-step-size=60s',
        `--now=@${timeSeconds}`,
        Buffer.from(bytes).toString('hex'),
      ];
      const { stdout } = spawnSync('oathtool', args, { encoding: 'utf8' });
      expect(
        formatCode(totp(keyOf(hash, bytes), timeSeconds * 1000, { periodSeconds: 60, t0Seconds: 0 }, hotpDigits(8))),
      ).toBe(stdout.trim());
    }
  });
});
