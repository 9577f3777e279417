/** The key by which people know the vault. */
export interface VaultIdentity {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Promise<Uint8Array>;
  /** A second key that was made to take its place; undefined when there is none. */
  readonly next?: Uint8Array | undefined;
  /** Puts the next key in the place of this one: it counts from the next start on. */
  adoptNext?(): void;
}
