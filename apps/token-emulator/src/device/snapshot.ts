import { Secret } from '@ramz/otp-core';
import type { LoadedSeed, Resting, TokenState } from '../firmware/token-state.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';
import type { EventQueue } from '../time/event-queue.ts';
import type { InstantMs } from '../time/instant.ts';
import type { DeviceIdentity } from './device-options.ts';
import type { KeptMemory } from './kept-memory.ts';
import type { Steady } from './let-time-pass.ts';
import type { Physical } from './physical.ts';

/** A token at one moment. It contains the seed and never leaves this process's memory. */
export interface Snapshot {
  readonly identity: DeviceIdentity;
  readonly profile: DeviceProfile;
  readonly seed: string;
  readonly drawn: number;
  readonly ahead: EventQueue<'time-is-up' | 'contact-returns' | 'held-long-enough'>;
  readonly state: TokenState;
  /** The memory of its personality; undefined without one. */
  readonly kept: KeptMemory | undefined;
  /** The body at its last change, and what has been steady since. */
  readonly changed: Physical;
  readonly changedAt: InstantMs;
  readonly steady: Steady;
  readonly now: InstantMs;
  readonly shownAt: InstantMs;
}

/** Returns a copy with its own secrets: either may be wiped without the other. */
export function copyOf(snapshot: Snapshot): Snapshot {
  return { ...snapshot, ahead: snapshot.ahead.copy(), state: copyState(snapshot.state), kept: snapshot.kept?.copy() };
}

function copyState(state: TokenState): TokenState {
  // The envelope is being opened for the original only.
  if (state.name === 'opening') return { name: 'blank' };
  if ('loaded' in state) return { ...state, loaded: copyLoaded(state.loaded) };
  if ('kept' in state) return { ...state, kept: copyState(state.kept) as Resting };
  return state;
}

function copyLoaded({ seed, pin, ...others }: LoadedSeed): LoadedSeed {
  return {
    ...others,
    seed: Secret.copy(seed.expose()),
    pin: pin && { ...pin, digits: Secret.copy(pin.digits.expose()) },
  };
}
