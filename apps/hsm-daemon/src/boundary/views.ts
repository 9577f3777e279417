// Views of what stays in the vault.
import type { KeyState } from '@ramz/custody';

/** Everything about a key but the key itself. */
export interface KeyView {
  readonly name: string;
  readonly version: number;
  readonly algorithm: string;
  readonly kcv: string;
  readonly state: KeyState;
  readonly transitions: readonly { readonly state: KeyState; readonly atMs: number }[];
  /**
   * NIST SP 800-57 part 1, 5.3.6: until when the key may make something new, and until when it may
   * check.
   */
  readonly originatorUntilMs: number;
  readonly recipientUntilMs: number;
}

/** A zone's key, sealed so that only its recipient can open it. */
export interface ZoneView {
  readonly name: string;
  readonly epoch: number;
  readonly kcv: string;
  readonly recipient: string;
  readonly sealedKey: Uint8Array;
}

/** A log entry that needs attention. A text is empty when there is nothing to say. */
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
  /** The core's own name of the subject, for the core only. */
  readonly reference: string;
}

/** How a token makes its codes. */
export interface CodeParameters {
  readonly hash: string;
  readonly digits: number;
  readonly periodSeconds: number;
  readonly t0Seconds: number;
  /** Empty unless codes of this purpose sign transactions. */
  readonly ocraSuite: string;
}
