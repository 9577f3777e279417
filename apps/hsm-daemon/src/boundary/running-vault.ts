import type { VaultLink } from './vault-link.ts';

/** The vault's process as the front sees it: commands in, replies out, and its end. */
export interface RunningVault {
  readonly link: VaultLink;
  readonly pid: number;
  /** Asks it to finish its batch and stop, or hangs up on one that runs by itself; settles when that is done. */
  stop(): Promise<void>;
  /** Stops it as the power going would. */
  kill(): void;
  /** Settles when the process has ended, however it ended; with a sentence when it told why. */
  readonly ended: Promise<string | undefined>;
}
