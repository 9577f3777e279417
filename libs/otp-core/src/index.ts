/**
 * @ramz/otp-core: HOTP (RFC 4226) and TOTP (RFC 6238). This file is the package's only door.
 */
export { type Code, DIGITS_MAX, DIGITS_MIN, formatCode, parseCode } from './code.ts';
export { COUNTER_MAX } from './counter.ts';
export { OtpError, type OtpErrorReason } from './errors.ts';
export { type HashName, HmacKey, KEY_BYTES_MAX, KEY_BYTES_MIN } from './hmac-key.ts';
export { hotp } from './hotp.ts';
export { Secret, secretBytes } from './secret.ts';
export { PERIOD_S_MAX, stepAt, type TimeSteps, totp } from './totp.ts';
export { latestMatchAbove, matchWindow, WINDOW_STEPS_MAX } from './window.ts';
