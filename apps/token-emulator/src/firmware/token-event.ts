import type { Secret } from '@ramz/otp-core';
import type { Provision } from './token-state.ts';

/** An event that the program receives. */
export type TokenEvent =
  | { readonly kind: 'button-pressed' }
  | { readonly kind: 'button-held' }
  | { readonly kind: 'key-pressed'; readonly key: Key }
  | { readonly kind: 'challenged'; readonly challenge: string }
  | { readonly kind: 'time-is-up' }
  | { readonly kind: 'provision'; readonly provision: Provision; readonly envelope: Uint8Array }
  | { readonly kind: 'seed-opened'; readonly provision: Provision; readonly seed: Secret }
  | { readonly kind: 'seed-refused'; readonly provision: Provision }
  | { readonly kind: 'pin-set'; readonly digits: Secret }
  | { readonly kind: 'case-opened' }
  | { readonly kind: 'life-ended' }
  | { readonly kind: 'power-lost' }
  | { readonly kind: 'power-returned' };

export type TokenEventKind = TokenEvent['kind'];

export const EVENT_KINDS: readonly TokenEventKind[] = [
  'button-pressed',
  'button-held',
  'key-pressed',
  'challenged',
  'time-is-up',
  'provision',
  'seed-opened',
  'seed-refused',
  'pin-set',
  'case-opened',
  'life-ended',
  'power-lost',
  'power-returned',
];

export const KEYS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'ok', 'clear'] as const;
export type Key = (typeof KEYS)[number];

/** A request of the program to the device around it. */
export type TokenEffect =
  /** Undefined means the display time of the profile. */
  | { readonly kind: 'set-timer'; readonly afterSeconds: number | undefined }
  | { readonly kind: 'stop-timer' }
  | { readonly kind: 'open-envelope'; readonly envelope: Uint8Array; readonly context: string }
  /** A code was made: the processor was awake for it, and a counter may have been written. */
  | { readonly kind: 'code-made'; readonly code: string; readonly counterWritten: boolean };
