import type { HashName, Secret } from '@ramz/otp-core';

/** How the token makes its codes; loaded with its seed. */
export interface TokenParameters {
  readonly hash: HashName;
  readonly digits: number;
  readonly periodSeconds: number;
  readonly t0Seconds: number;
  /** For a token that answers challenges; absent for others. */
  readonly ocraSuite?: string;
}

/** What a token is provisioned with, besides its seed. */
export interface Provision {
  readonly enrolmentId: string;
  readonly parameters: TokenParameters;
}

/** A PIN that unlocks the token for one code. */
export interface Pin {
  readonly digits: Secret;
  readonly triesLeft: number;
}

/** What a provisioned token holds. Code that drops the seed or the PIN must wipe it. */
export interface LoadedSeed {
  readonly provision: Provision;
  readonly seed: Secret;
  /** Codes made so far, on a token that counts. */
  readonly counter: number;
  readonly pin: Pin | undefined;
}

/** What the glass shows. */
export interface Display {
  readonly text: string;
  readonly kind: 'code' | 'counter' | 'prompt' | 'message' | 'test';
}

/**
 * States of the token's program (docs/reference/states.md). `off` has no power and resumes as
 * `kept`; `blank` has no seed; `opening` waits for the seed's envelope to be opened; `dark` shows
 * nothing; `tampered` and `expired` are permanent.
 */
export type TokenState =
  | { readonly name: 'off'; readonly kept: Resting }
  | { readonly name: 'opening'; readonly provision: Provision }
  | { readonly name: 'showing'; readonly loaded: LoadedSeed; readonly display: Display }
  | { readonly name: 'pin-entry'; readonly loaded: LoadedSeed; readonly display: Display; readonly entered: string }
  | {
      readonly name: 'challenge-entry';
      readonly loaded: LoadedSeed;
      readonly display: Display;
      readonly entered: string;
    }
  | { readonly name: 'message'; readonly display: Display; readonly kept: Resting }
  | Resting;

/** States that wait only for a person. A token returns to one of them after a loss of power. */
export type Resting =
  | { readonly name: 'blank' }
  | { readonly name: 'dark'; readonly loaded: LoadedSeed }
  | { readonly name: 'locked'; readonly loaded: LoadedSeed }
  | { readonly name: 'tampered' }
  | { readonly name: 'expired' };

export type StateName = TokenState['name'];

export const STATE_NAMES: readonly StateName[] = [
  'off',
  'blank',
  'opening',
  'dark',
  'showing',
  'pin-entry',
  'challenge-entry',
  'message',
  'locked',
  'tampered',
  'expired',
];
