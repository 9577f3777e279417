import type { DaemonState } from '@ramz/custody';
import type { Draft } from '../batch/batch.ts';
import type { OpenKeys } from './open-keys.ts';

/** The vault as ceremonies see it: whose keys they open, close and end. */
export interface KeyHolder {
  readonly state: DaemonState;
  /** What is open; undefined while sealed. */
  readonly openKeys: OpenKeys | undefined;
  /** Takes over the keys: operational from now on. What they were opened for is durable before. */
  open(keys: OpenKeys): void;
  /** Wipes the keys with this batch, whether or not it becomes durable; what is in the store stays. */
  seal(draft: Draft, why: string): void;
  /** The same in a batch of its own: durable when it returns. */
  sealNow(why: string): Promise<void>;
  /** The wall clock is right as it is now. */
  acceptClock(draft: Draft): Promise<void>;
  /** The keys are gone from the store: the log's end is signed, and then nothing leads back. */
  destroyed(): Promise<void>;
}
