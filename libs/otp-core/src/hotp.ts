// RFC 4226 5.3: HOTP(K, C) = Truncate(HMAC-SHA-1(K, C)) mod 10^Digit.
import { assertDigits, type Code } from './code.ts';
import { assertCounter, COUNTER_BYTES, writeCounter } from './counter.ts';
import type { HmacKey } from './hmac-key.ts';
import { dynamicTruncate } from './truncate.ts';

const POWERS_OF_TEN = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10] as const;
const message = new Uint8Array(COUNTER_BYTES);

/** The code of `key` at `counter`. @throws OtpError `counter-range`, `digits-range`, `key-wiped` */
export function hotp(key: HmacKey, counter: number, digits: number): Code {
  assertCounter(counter);
  assertDigits(digits);
  return { value: hotpValue(key, counter, digits), digits };
}

/** As `hotp`, for arguments that were checked before; the number alone. */
export function hotpValue(key: HmacKey, counter: number, digits: number): number {
  writeCounter(counter, message);
  return dynamicTruncate(key.mac(message)) % (POWERS_OF_TEN[digits] ?? Number.NaN);
}
