/**
 * @ramz/otp-fast/deriving: the fast engine with one kernel more, for programs whose keys are derived for each code, as a
 * bank's daemon's are. A door of its own: a browser that makes codes does not carry it.
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
