/** Every reason for rejecting an input. A wrong code is a result, not an error. */
export type OtpErrorReason =
  | 'base32-format'
  | 'challenge-collides'
  | 'challenge-format'
  | 'code-format'
  | 'codes-count'
  | 'counter-range'
  | 'digits-range'
  | 'hash-unknown'
  | 'input-missing'
  | 'input-not-in-suite'
  | 'key-length'
  | 'key-wiped'
  | 'message-length'
  | 'pin-hash-length'
  | 'period-range'
  | 'session-length'
  | 'suite-format'
  | 'time-range'
  | 'uri-format'
  | 'window-range';

/** The error for a malformed input. Its message never repeats a key, a code or the input itself. */
export class OtpError extends Error {
  readonly reason: OtpErrorReason;

  constructor(reason: OtpErrorReason, message: string) {
    super(message);
    this.name = 'OtpError';
    this.reason = reason;
  }
}
