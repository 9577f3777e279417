// What is shown of things that stay in the vault.
import type { KeyState } from '@ramz/custody';

/** A key without the key. */
export interface KeyView {
  readonly name: string;
  readonly version: number;
  readonly algorithm: string;
  readonly kcv: string;
  readonly state: KeyState;
  readonly transitions: readonly { readonly state: KeyState; readonly atMs: number }[];
  /** NIST SP 800-57 part 1, 5.3.6: until when it may make something new, and until when it may check. */
  readonly originatorUntilMs: number;
  readonly recipientUntilMs: number;
}

/** A zone's key, which only its recipient can open. */
export interface ZoneView {
  readonly name: string;
  readonly epoch: number;
  readonly kcv: string;
  readonly recipient: string;
  readonly sealedKey: Uint8Array;
}

/** An entry of the log that somebody should look at. Empty texts where there is nothing to say. */
export interface EventView {
  readonly logIndex: number;
  readonly event: string;
  readonly atMs: number;
  readonly caller: string;
  readonly channel: string;
  readonly purpose: string;
  /** Keyed hash of the card. */
  readonly subject: string;
  readonly detail: string;
}
