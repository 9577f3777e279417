// NIST SP 800-57 part 1 rev. 5: key states and transitions (7), cryptoperiods (5.3.6, table 1).
import type { KeyState } from '@ramz/custody';

export const KEY_NAMES = ['root', 'seed-master', 'card-index', 'audit'] as const;
export type KeyName = (typeof KEY_NAMES)[number];

/** Everything known about a key except the key itself. Every change of state is dated and kept. */
export interface KeyRecord {
  readonly name: KeyName;
  /** Starts at 1. For the seed master key it is the epoch of the enrolments that derive from it. */
  readonly version: number;
  readonly algorithm: string;
  readonly kcv: string;
  readonly transitions: readonly { readonly state: KeyState; readonly at_ms: number }[];
  readonly originator_until_ms: number;
  readonly recipient_until_ms: number;
}

const YEAR_MS = 365 * 24 * 3600 * 1000;

/**
 * Years in which a key makes something new (originator), and in which its output is still checked
 * (recipient).
 */
const CRYPTOPERIODS_Y: Readonly<Record<KeyName, { readonly originator: number; readonly recipient: number }>> = {
  root: { originator: 2, recipient: 5 },
  // A derivation key: about a year, plus the life of the tokens made in it.
  'seed-master': { originator: 1, recipient: 4 },
  'card-index': { originator: 2, recipient: 5 },
  audit: { originator: 3, recipient: 3 },
};

const NEXT: Readonly<Record<KeyState, readonly KeyState[]>> = {
  'pre-activation': ['active', 'suspended', 'compromised', 'destroyed'],
  active: ['suspended', 'deactivated', 'compromised', 'destroyed'],
  suspended: ['active', 'deactivated', 'compromised', 'destroyed'],
  deactivated: ['compromised', 'destroyed'],
  compromised: ['destroyed'],
  destroyed: [],
};

export function newKeyRecord(name: KeyName, version: number, algorithm: string, kcv: string, atMs: number): KeyRecord {
  const { originator, recipient } = CRYPTOPERIODS_Y[name];
  return {
    name,
    version,
    algorithm,
    kcv,
    transitions: [
      { state: 'pre-activation', at_ms: atMs },
      { state: 'active', at_ms: atMs },
    ],
    originator_until_ms: atMs + originator * YEAR_MS,
    recipient_until_ms: atMs + recipient * YEAR_MS,
  };
}

export function keyState({ transitions }: KeyRecord): KeyState {
  return transitions.at(-1)?.state ?? 'pre-activation';
}

/** @throws RangeError for a change that SP 800-57 does not allow */
export function moveKey<T extends KeyRecord>(record: T, state: KeyState, atMs: number): T {
  const now = keyState(record);
  if (!NEXT[now].includes(state)) throw new RangeError(`a key that is ${now} cannot become ${state}`);
  return { ...record, transitions: [...record.transitions, { state, at_ms: atMs }] };
}

/**
 * Returns whether the key's output may still be checked: a suspended, compromised or destroyed key
 * checks nothing.
 */
export function mayProcess(record: KeyRecord): boolean {
  const state = keyState(record);
  return state === 'active' || state === 'deactivated';
}

/**
 * A key of the keyring as the store keeps it: wrapped under the root key, with its check value in
 * clear.
 */
export interface WrappedKey extends KeyRecord {
  /** Empty once the key is destroyed. */
  readonly wrapped: Uint8Array;
  /** Set for a signing key; empty for others. */
  readonly public_key: Uint8Array;
}
