/**
 * @ramz/otp-core: one-time codes. HOTP (RFC 4226), TOTP (RFC 6238), OCRA (RFC 6287). The package's
 * main entry point; `/engine` and `/messages` are the others.
 */
export {
  BANK_PIN_DIGITS_MIN,
  bankPinDigits,
  type Code,
  DIGITS_MAX,
  type Digits,
  formatCode,
  HOTP_DIGITS_MIN,
  hotpDigits,
  parseCode,
} from './code.ts';
export { COUNTER_MAX } from './counter.ts';
export { type HashName, MAC_BYTES } from './engine/otp-engine.ts';
export { OtpError, type OtpErrorReason } from './errors.ts';
export { HmacKey, KEY_BYTES_MAX, KEY_BYTES_MIN } from './hmac-key.ts';
export { hotp } from './hotp.ts';
export type { OcraInputs } from './ocra/ocra-message.ts';
export { type OcraOptions, type OcraQuestion, ocraMatches, ocraResponse } from './ocra/ocra-response.ts';
export { type ChallengeKind, type OcraSuite, parseOcraSuite } from './ocra/ocra-suite.ts';
export { RESYNC_STEPS_MAX, resynchronise } from './resynchronise.ts';
export { Secret, secretBytes } from './secret.ts';
export { PERIOD_S_MAX, stepAt, type TimeSteps, totp } from './totp.ts';
export { decodeBase32, encodeBase32 } from './uri/base32.ts';
export {
  buildOtpAuth,
  type LenientOptions,
  type LenientOtpAuth,
  type OtpAuth,
  parseOtpAuth,
} from './uri/otpauth-uri.ts';
export { KEYS_MAX, latestMatchAbove, matchKeys, matchWindow, WINDOW_STEPS_MAX } from './window.ts';
