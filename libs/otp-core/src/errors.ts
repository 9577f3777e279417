/** Every reason this library has for refusing an input. A wrong code is a result, not one of these. */
export type OtpErrorReason =
  | 'key-length'
  | 'key-wiped'
  | 'counter-range'
  | 'digits-range'
  | 'code-format'
  | 'time-range'
  | 'period-range'
  | 'window-range';

/** A malformed input. The message never repeats a key or a code. */
export class OtpError extends Error {
  readonly reason: OtpErrorReason;

  constructor(reason: OtpErrorReason, message: string) {
    super(message);
    this.name = 'OtpError';
    this.reason = reason;
  }
}
