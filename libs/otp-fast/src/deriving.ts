/**
 * @ramz/otp-fast/deriving: the fast engine with an additional kernel, for programs that derive a
 * key for each code, such as a bank's daemon. Its own entry point, so that a browser that makes
 * codes does not load it.
 */
import type { OtpEngine } from '@ramz/otp-core/engine';
import { fastEngine } from './fast-engine.ts';
import { derivedKernel } from './kernel/derived-kernel.ts';
import type { WordMidstates } from './word-midstates.ts';

export const derivingEngine: OtpEngine = {
  ...fastEngine,
  truncatedOfDerived(master: WordMidstates, keys, from, count, steps, out) {
    const lanes = derivedKernel();
    if (lanes === undefined) return fastEngine.truncatedOfDerived(master, keys, from, count, steps, out);
    lanes.truncated(master, keys, from, count, steps, out);
  },
};
