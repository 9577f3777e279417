import type { RamzToken } from '../host/ramz-token.ts';
import type { InstantMs } from '../time/instant.ts';

export const VERDICTS = ['accepted', 'refused', 'locked'] as const;
export type LoginVerdict = (typeof VERDICTS)[number];

/**
 * Who takes a token's codes: the model server of this package, or a daemon on the same virtual time. The port is here;
 * neither knows the other.
 */
export interface Verifier {
  /** Gives the token a seed, over its bus, and takes its codes from then on. */
  enrol(name: string, token: RamzToken): Promise<void>;
  /** The server's clock, which may be wrong. */
  setTime(now: InstantMs): Promise<void>;
  verify(name: string, code: string): Promise<LoginVerdict>;
  /** Two codes, one after the other. */
  resynchronise(name: string, code: string, nextCode: string): Promise<LoginVerdict>;
}
