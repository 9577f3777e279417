/** The key by which people recognize the vault. */
export interface VaultIdentity {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Promise<Uint8Array>;
  /** A second key that was made to replace this one; undefined when there is none. */
  readonly next?: Uint8Array | undefined;
  /** Replaces this key with the next one, in effect from the next start. */
  adoptNext?(): void;
}
