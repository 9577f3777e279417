import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../../test/harness/reason-of.ts';
import { dynamicTruncate } from './engine/truncate.ts';
import { bankPinDigits, formatCode, type HashName, HmacKey, hotp, hotpDigits, Secret } from './index.ts';

const RFC_KEY = Secret.own(new TextEncoder().encode('12345678901234567890'));

// RFC 4226, appendix D: counter, HMAC, truncated value, six digits.
const APPENDIX_D = [
  ['cc93cf18508d94934c64b65d8ba7667fb7cde4b0', 1284755224, '755224'],
  ['75a48a19d4cbe100644e8ac1397eea747a2d33ab', 1094287082, '287082'],
  ['0bacb7fa082fef30782211938bc1c5e70416ff44', 137359152, '359152'],
  ['66c28227d03a2d5529262ff016a1e6ef76557ece', 1726969429, '969429'],
  ['a904c900a64b35909874b33e61c5938a8e15ed1c', 1640338314, '338314'],
  ['a37e783d7b7233c083d4f62926c7a25f238d0316', 868254676, '254676'],
  ['bc9cd28561042c83f219324d3c607256c03272ae', 1918287922, '287922'],
  ['a4fb960c0bc06e1eabb804e5b397cdc4b45596fa', 82162583, '162583'],
  ['1b3c89f65e6c9e883012052823443f048b4332db', 673399871, '399871'],
  ['1637409809a679dc698207310c8c7fc07290d9e5', 645520489, '520489'],
] as const;

describe('HOTP (RFC 4226)', () => {
  it.each(APPENDIX_D.map((row, counter) => [counter, ...row] as const))(
    'appendix D, counter %i',
    (counter, mac, truncated, code) => {
      expect(dynamicTruncate(Uint8Array.from(Buffer.from(mac, 'hex')))).toBe(truncated);
      expect(formatCode(hotp(HmacKey.from('sha1', RFC_KEY), counter, hotpDigits(6)))).toBe(code);
    },
  );

  it('section 5.4: the worked example', () => {
    const mac = Uint8Array.from(Buffer.from('1f8698690e02ca16618550ef7f19da8e945b555a', 'hex'));
    expect(dynamicTruncate(mac)).toBe(0x50ef7f19);
  });

  it('equals HOTP on node:crypto for any key, hash, counter and length', () => {
    const hashes = fc.constantFrom<HashName>('sha1', 'sha256', 'sha512');
    const keys = fc.uint8Array({ minLength: 16, maxLength: 300 });
    fc.assert(
      fc.property(hashes, keys, fc.maxSafeNat(), fc.integer({ min: 4, max: 10 }), (hash, key, counter, digits) => {
        const code = hotp(HmacKey.from(hash, Secret.copy(key)), counter, bankPinDigits(digits));
        expect(formatCode(code)).toBe(nodeHotp(hash, key, counter, digits));
      }),
    );
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])('rejects the counter %d', (counter) => {
    expect(reasonOf(() => hotp(HmacKey.from('sha1', RFC_KEY), counter, hotpDigits(6)))).toBe('counter-range');
  });

  it.each([3, 11, 6.5, Number.NaN])('rejects %d digits', (digits) => {
    expect(reasonOf(() => hotpDigits(digits))).toBe('digits-range');
    expect(reasonOf(() => bankPinDigits(digits))).toBe('digits-range');
  });

  it.each([4, 5])('accepts %d digits only as a bank PIN, never as a HOTP code', (digits) => {
    expect(reasonOf(() => hotpDigits(digits))).toBe('digits-range');
    expect(bankPinDigits(digits)).toBe(digits);
  });

  it.each([15, 1025])('rejects a key of %i bytes', (length) => {
    expect(reasonOf(() => HmacKey.from('sha1', Secret.own(new Uint8Array(length))))).toBe('key-length');
  });

  it('rejects a wiped key and a wiped secret', () => {
    const key = HmacKey.from('sha1', RFC_KEY);
    key.wipe();
    expect(reasonOf(() => hotp(key, 0, hotpDigits(6)))).toBe('key-wiped');
    const secret = Secret.own(new Uint8Array(20));
    secret.wipe();
    expect(reasonOf(() => HmacKey.from('sha1', secret))).toBe('key-wiped');
  });
});

function nodeHotp(hash: HashName, key: Uint8Array, counter: number, digits: number): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac(hash, key).update(message).digest();
  const word = mac.readUInt32BE((mac.at(-1) ?? 0) & 0xf) & 0x7fffffff;
  return String(word % 10 ** digits).padStart(digits, '0');
}
