import type { RamzToken } from '../host/ramz-token.ts';
import type { InstantMs } from '../time/instant.ts';

export const VERDICTS = ['accepted', 'refused', 'locked'] as const;
export type LoginVerdict = (typeof VERDICTS)[number];

/**
 * A server that verifies a token's codes: the model server of this package, or a daemon on the same
 * virtual time. This port keeps them independent of each other.
 */
export interface Verifier {
  /** Gives the token a seed over its bus, and accepts its codes from then on. */
  enrol(name: string, token: RamzToken): Promise<void>;
  /** Sets the server's clock, which may be wrong. */
  setTime(now: InstantMs): Promise<void>;
  verify(name: string, code: string): Promise<LoginVerdict>;
  /** Finds a token that has drifted, by two consecutive codes. */
  resynchronise(name: string, code: string, nextCode: string): Promise<LoginVerdict>;
  /** Gives a locked customer new tries. */
  unlock?(name: string): Promise<void>;
  /** Takes no codes of this customer until the same with false. */
  suspend?(name: string, isSuspended: boolean): Promise<void>;
  /** Takes no codes of this customer any more. */
  remove?(name: string): Promise<void>;
}
