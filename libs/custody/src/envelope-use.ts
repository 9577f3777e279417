// Apart from the suite, so that whoever loads these does not load WebCrypto's types.

/** X25519: both halves of a key pair, and the encapsulated key, have 32 bytes. */
export const PUBLIC_KEY_BYTES = 32;
export const TAG_BYTES = 16;

/** What an envelope is for. It is bound to the contents: an envelope of one use opens in no other. */
export type EnvelopeUse = 'seed' | 'share-to-custodian' | 'share-to-vault' | 'entropy-to-vault' | 'zone-key';
