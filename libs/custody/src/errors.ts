/** Every reason for which this library rejects a share, component, key, envelope or statement. */
export type CustodyErrorReason =
  | 'threshold-range'
  | 'secret-length'
  | 'passphrase-malformed'
  | 'word-unknown'
  | 'mnemonic-length'
  | 'checksum-wrong'
  | 'padding-wrong'
  | 'group-threshold-range'
  | 'identifiers-differ'
  | 'iteration-exponents-differ'
  | 'group-thresholds-differ'
  | 'group-counts-differ'
  | 'member-thresholds-differ'
  | 'share-lengths-differ'
  | 'share-repeated'
  | 'shares-too-few'
  | 'shares-too-many'
  | 'groups-too-few'
  | 'members-too-few'
  | 'secret-digest-wrong'
  | 'component-malformed'
  | 'component-check-value-wrong'
  | 'component-weak'
  | 'envelope-malformed'
  | 'envelope-not-for-this-key'
  | 'signature-wrong'
  | 'statement-malformed'
  | 'passphrase-wrong';

/** A rejected share, component, key, envelope or statement. The message contains no byte of it. */
export class CustodyError extends Error {
  readonly reason: CustodyErrorReason;

  constructor(reason: CustodyErrorReason, message: string) {
    super(message);
    this.name = 'CustodyError';
    this.reason = reason;
  }
}
