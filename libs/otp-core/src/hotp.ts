// RFC 4226, 5.3: HOTP(K, C) = Truncate(HMAC-SHA-1(K, C)) mod 10^Digit.
import { type Code, codeOf, type Digits } from './code.ts';
import { assertCounter } from './counter.ts';
import { type HmacKey, midstatesOf } from './hmac-key.ts';

/**
 * Returns the code of `key` at `counter`.
 * @param digits from `hotpDigits`, or from `bankPinDigits` for lengths that RFC 4226 does not allow
 * @throws OtpError `counter-range`, `key-wiped`
 */
export function hotp(key: HmacKey, counter: number, digits: Digits): Code {
  assertCounter(counter);
  return codeOf(key.engine.truncated(midstatesOf(key), counter), digits);
}
