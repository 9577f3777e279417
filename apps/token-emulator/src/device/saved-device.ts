// A token as a file keeps it: plain values and bytes, with its secrets in the clear. The writer of
// the file seals it.
import { RecipientKeys } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import type { LoadedSeed, Resting, TokenState } from '../firmware/token-state.ts';
import { knownClimate } from '../physics/climate.ts';
import { weatherOf } from '../physics/weather.ts';
import { EventQueue } from '../time/event-queue.ts';
import type { KeptMemory } from './kept-memory.ts';
import type { Snapshot } from './snapshot.ts';

/** A snapshot without classes. The owner wipes its bytes once they are sealed or loaded. */
export interface SavedDevice {
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly ahead: readonly { readonly at: number; readonly event: string }[];
  readonly state: object;
  readonly kept: unknown;
  readonly place: unknown;
  readonly rest: object;
}

/** Returns plain values for a file, as they are at the call. */
export async function savedDevice(snapshot: Snapshot, keys: RecipientKeys): Promise<SavedDevice> {
  const { ahead, state, kept, steady, ...rest } = snapshot;
  const { weather, ...load } = steady;
  // Copied before anything is awaited: the device lives on, and may wipe its secrets.
  const plain = {
    ahead: ahead.entries(),
    state: plainState(state),
    kept: kept?.save(),
    place: weather.place,
    rest: { ...rest, load },
  };
  using privateKey = await keys.export();
  return { privateKey: privateKey.expose().slice(), publicKey: keys.publicKey, ...plain };
}

/** @param restoreKept makes a personality's memory of what its `save` returned */
export async function restoredDevice(
  saved: SavedDevice,
  restoreKept: (kept: unknown) => KeptMemory | undefined,
): Promise<{ readonly keys: RecipientKeys; readonly snapshot: Snapshot }> {
  const { load, ...rest } = saved.rest as Omit<Snapshot, 'ahead' | 'state' | 'kept' | 'steady'> & {
    readonly load: Omit<Snapshot['steady'], 'weather'>;
  };
  using privateKey = Secret.copy(saved.privateKey);
  const ahead: Snapshot['ahead'] = new EventQueue();
  for (const { at, event } of saved.ahead as ReturnType<Snapshot['ahead']['entries']>) ahead.schedule(at, event);
  const place = saved.place as Snapshot['steady']['weather']['place'];
  const known = typeof place === 'number' ? place : knownClimate(place);
  const weather = weatherOf(known, rest.profile.body.storage_C.max);
  const snapshot = {
    ...rest,
    ahead,
    state: livingState(saved.state),
    kept: restoreKept(saved.kept),
    steady: { ...load, weather },
  };
  return { keys: await RecipientKeys.load(saved.publicKey.slice(), privateKey), snapshot };
}

type Plain<T> = T extends Secret ? Uint8Array : T extends object ? { [Key in keyof T]: Plain<T[Key]> } : T;

function plainState(state: TokenState): object {
  // The envelope is being opened for the original only.
  if (state.name === 'opening') return { name: 'blank' };
  if ('loaded' in state) return { ...state, loaded: plainLoaded(state.loaded) };
  if ('kept' in state) return { ...state, kept: plainState(state.kept) };
  return state;
}

function plainLoaded({ seed, pin, ...others }: LoadedSeed): object {
  return {
    ...others,
    seed: seed.expose().slice(),
    pin: pin && { ...pin, digits: pin.digits.expose().slice() },
  };
}

function livingState(plain: object): TokenState {
  if ('loaded' in plain) return { ...plain, loaded: livingLoaded(plain.loaded as Plain<LoadedSeed>) } as TokenState;
  if ('kept' in plain) return { ...plain, kept: livingState(plain.kept as object) as Resting } as TokenState;
  return plain as TokenState;
}

function livingLoaded({ seed, pin, ...others }: Plain<LoadedSeed>): LoadedSeed {
  return {
    ...others,
    seed: Secret.copy(seed),
    pin: pin && { ...pin, digits: Secret.copy(pin.digits) },
  };
}
