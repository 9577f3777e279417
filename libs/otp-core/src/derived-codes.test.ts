import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bankPinDigits, type Code } from './code.ts';
import { type DerivedCodes, derivedKeyBytes, matchDerived } from './derived-codes.ts';
import type { HashName } from './engine/otp-engine.ts';
import { HmacKey } from './hmac-key.ts';
import { hotp } from './hotp.ts';
import { Secret } from './secret.ts';

const MASTER = new Uint8Array(32).fill(0x5a);
const master = () => HmacKey.from('sha256', Secret.copy(MASTER));
const HASHES: readonly HashName[] = ['sha1', 'sha256', 'sha512'];

interface Row {
  readonly message: Uint8Array;
  readonly first: number;
  readonly code: Code;
}

/** Derives one key with noble, without `matchDerived`. */
function keyOf(hash: HashName, message: Uint8Array): HmacKey {
  return HmacKey.from(hash, Secret.copy(hmac(sha256, MASTER, message).slice(0, derivedKeyBytes(hash))));
}

function expected(hash: HashName, { message, first, code }: Row, steps: number): number {
  const key = keyOf(hash, message);
  const equal = Array.from({ length: steps }, (_, k) => hotp(key, first + k, code.digits).value === code.value);
  return equal.reduce((bits, isEqual, k) => bits | (Number(isEqual) << k), 0);
}

function matched(hash: HashName, rows: readonly Row[], steps: number): number[] {
  const at = (i: number) => rows[i] as Row;
  const codes: DerivedCodes = {
    hash,
    count: rows.length,
    write: (i, into) => {
      into.set(at(i).message);
      return at(i).message.length;
    },
    firstOf: (i) => at(i).first,
    codeOf: (i) => at(i).code,
  };
  const matches = new Int32Array(rows.length);
  matchDerived(master(), codes, steps, matches);
  return [...matches];
}

describe.each(HASHES)('matchDerived, %s', (hash) => {
  // Half of the counters lie near a carry out of the low word.
  const first = fc.oneof(
    fc.nat(2 ** 31),
    fc.integer({ min: -6, max: 6 }).map((near) => 2 ** 32 * 3 + near),
  );
  const row = fc.record({
    message: fc.uint8Array({ maxLength: 300 }),
    first,
    digits: fc.constantFrom(4, 6, 8, 10),
    at: fc.integer({ min: -1, max: 4 }),
  });

  it('finds the same matches as deriving and comparing key by key', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 11 }), fc.integer({ min: 1, max: 4 }), (asked, steps) => {
        const rows = asked.map(({ message, first: from, digits, at }) => {
          const counter = at < 0 ? 2 ** 40 : from + at;
          return { message, first: from, code: hotp(keyOf(hash, message), counter, bankPinDigits(digits)) };
        });
        expect(matched(hash, rows, steps)).toEqual(rows.map((one) => expected(hash, one, steps)));
      }),
    );
  });

  it('handles more keys than it compares together, each at its own step', () => {
    const rows = Array.from({ length: 131 }, (_, i) => {
      const message = Uint8Array.of(i, 7);
      const code = hotp(keyOf(hash, message), 1_000 + i + (i % 3), bankPinDigits(8));
      return { message, first: 1_000 + i, code };
    });
    expect(matched(hash, rows, 3).map((bits, i) => (bits >>> (i % 3)) & 1)).toEqual(rows.map(() => 1));
  });
});

describe('matchDerived, malformed input', () => {
  const row: Row = { message: Uint8Array.of(1), first: 5, code: { value: 1, digits: bankPinDigits(4) } };

  it('rejects a master key of another hash, a wiped one, and an invalid window, code or message', () => {
    expect(() => matched('sha1', [row], 0)).toThrow('window must be');
    expect(() => matched('sha1', [{ ...row, first: 2 ** 53 - 2 }], 4)).toThrow('counter');
    expect(() => matched('sha1', [{ ...row, code: { ...row.code, value: 10_000 } }], 1)).toThrow('value of a code');
    const codes = { hash: 'sha1', count: 1, write: () => 953, firstOf: () => 5, codeOf: () => row.code } as const;
    expect(() => matchDerived(master(), codes, 1, new Int32Array(1))).toThrow('0 to 952');
    expect(() => matchDerived(HmacKey.from('sha1', Secret.copy(MASTER)), codes, 1, new Int32Array(1))).toThrow(
      'SHA-256',
    );
    const wiped = master();
    wiped.wipe();
    expect(() => matchDerived(wiped, codes, 1, new Int32Array(1))).toThrow('key was wiped');
  });
});
