import type { VaultLink } from './vault-link.ts';

/** The vault process as the front sees it: commands in, replies out, and its end. */
export interface RunningVault {
  readonly link: VaultLink;
  readonly pid: number;
  /**
   * Asks the vault to finish its batch and stop, or disconnects from one that runs by itself.
   * Settles when that is done.
   */
  stop(): Promise<void>;
  /**
   * Kills the process as a power failure would, or drops the connection to one that runs by itself.
   */
  kill(): void;
  /**
   * Settles when the process has ended for any reason, with its error message if it reported one.
   */
  readonly ended: Promise<string | undefined>;
}
