/**
 * @ramz/custody: a secret split among custodians, check values to compare, envelopes only one key
 * opens. This file is the package's only door.
 */
export { assertFits, combineShares } from './combine-shares.ts';
export { type EnvelopeUse, PUBLIC_KEY_BYTES } from './envelope-use.ts';
export { CustodyError, type CustodyErrorReason } from './errors.ts';
export { aesKeyCheckValue, hmacKeyCheckValue } from './key-check-value.ts';
export { RecipientKeys } from './recipient-keys.ts';
export { sealEnvelope } from './seal-envelope.ts';
export { decodeShare, encodeShare, type Share } from './share.ts';
export { type RandomBytes, SHARES_MAX, splitSecret, THRESHOLD_MIN } from './split-secret.ts';
