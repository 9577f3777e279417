import type { DaemonState } from '@ramz/custody';
import type { Draft } from '../batch/batch.ts';
import type { OpenKeys } from './open-keys.ts';

/** The vault as ceremonies see it: the holder of the keys that they open, close and destroy. */
export interface KeyHolder {
  readonly state: DaemonState;
  /** The open keys; undefined while sealed. */
  readonly openKeys: OpenKeys | undefined;
  /**
   * Takes over the keys: operational from now on. Called after the batch that opens them is
   * durable.
   */
  open(keys: OpenKeys): void;
  /**
   * Wipes the keys in memory with this batch, even when it does not become durable. The stored keys
   * stay.
   */
  seal(draft: Draft, why: string): void;
  /** Seals in a batch of its own, which is durable when it returns. */
  sealNow(why: string): Promise<void>;
  /** Accepts the wall clock as it is now. */
  acceptClock(draft: Draft): Promise<void>;
  /**
   * Called when the keys are gone from the store: signs the end of the log and wipes the keys.
   * There is no way back.
   */
  destroyed(): Promise<void>;
}
