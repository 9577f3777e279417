import type { HashName, Secret } from '@ramz/otp-core';
import type { Instant_ms } from '../kernel/instant.ts';

/** How the token makes its codes: given with its seed. */
export interface TokenParameters {
  readonly hash: HashName;
  readonly digits: number;
  readonly period_s: number;
  readonly t0_s: number;
}

/** What a token is provisioned with. */
export interface Provision {
  readonly enrolment_id: string;
  readonly parameters: TokenParameters;
}

/**
 * States of the token's program (docs/states.md). `blank` has no seed; `dark` shows nothing; `showing`
 * shows one code; `opening` waits for the seed's envelope to be opened.
 */
export type TokenState =
  | { readonly name: 'blank' }
  | { readonly name: 'opening'; readonly provision: Provision }
  | { readonly name: 'dark'; readonly provision: Provision; readonly seed: Secret }
  | { readonly name: 'showing'; readonly provision: Provision; readonly seed: Secret; readonly display: Display };

/** What the glass shows. */
export interface Display {
  readonly digits: string;
  /** When the program turns it off. */
  readonly until: Instant_ms;
}
