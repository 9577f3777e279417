// Separate from the suite, so that importing these does not load WebCrypto's types.

/** X25519: public, private and encapsulated keys have 32 bytes each. */
export const PUBLIC_KEY_BYTES = 32;
export const TAG_BYTES = 16;

/** The use of an envelope. It is bound to the contents: an envelope opens for no other use. */
export type EnvelopeUse =
  | 'seed'
  | 'share-to-custodian'
  | 'share-to-vault'
  | 'entropy-to-vault'
  | 'zone-key'
  | 'activation'
  | 'text';
