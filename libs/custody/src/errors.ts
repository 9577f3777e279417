/** Every reason this library has for refusing a share or an envelope. */
export type CustodyErrorReason =
  | 'threshold-range'
  | 'secret-length'
  | 'share-malformed'
  | 'share-damaged'
  | 'share-of-another-set'
  | 'share-repeated'
  | 'shares-too-few'
  | 'secret-digest-wrong'
  | 'envelope-malformed'
  | 'envelope-not-for-this-key';

/** A refused share or envelope. The message never repeats a byte of it. */
export class CustodyError extends Error {
  readonly reason: CustodyErrorReason;

  constructor(reason: CustodyErrorReason, message: string) {
    super(message);
    this.name = 'CustodyError';
    this.reason = reason;
  }
}
