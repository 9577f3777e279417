// RFC 4226 5.3: HOTP(K, C) = Truncate(HMAC-SHA-1(K, C)) mod 10^Digit.
import { type Code, codeOf, type Digits } from './code.ts';
import { assertCounter } from './counter.ts';
import { type HmacKey, midstatesOf } from './hmac-key.ts';

/**
 * The code of `key` at `counter`.
 * @param digits made by `hotpDigits`, or by `bankPinDigits` for what RFC 4226 does not allow
 * @throws OtpError `counter-range`, `key-wiped`
 */
export function hotp(key: HmacKey, counter: number, digits: Digits): Code {
  assertCounter(counter);
  return codeOf(key.engine.truncated(midstatesOf(key), counter), digits);
}
