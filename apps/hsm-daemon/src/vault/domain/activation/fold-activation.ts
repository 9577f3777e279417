import type { LifeCycleAct, LifeCycleEntry } from '@ramz/audit-log';
import type { Activation } from './activation.ts';

/** Acts after which the codes of a subject are worth nothing (D-11, M-31, M-33, M-35). */
const ENDING: ReadonlySet<LifeCycleAct> = new Set<LifeCycleAct>([
  'number-changed',
  'voided-under-number',
  'subject-closed',
  'deactivated',
  'second-pin-blocked',
  'replayed-block',
  // It may be the one that the code was given for (S-20), and another code is soon given.
  'permission-withdrawn',
]);

/** Returns the activation of a subject after an entry about it. */
export function foldActivation(before: Activation | undefined, entry: LifeCycleEntry): Activation | undefined {
  const { act, outcome, activation: facts } = entry;
  if (act === 'codes-refused') return withTry(before, entry);
  if (outcome !== 'done') return before;
  if (ENDING.has(act)) return undefined;
  if (facts === undefined) return before;
  if (before !== undefined && act === 'text-repeated') {
    return { ...before, ...facts, repeats: before.repeats + 1, textKey: entry.requestKey };
  }
  if (before !== undefined && act === 'activated') return { ...before, ...facts };
  const { requestKey } = entry;
  return { ...facts, issuedAtMs: entry.atMs, wrongTries: 0, lastTry: '', repeats: 0, requestKey, textKey: requestKey };
}

/**
 * Only a wrong pair is a try: others had no chance. The same envelope once more is the same try; a
 * request id alone would let a gateway guess for ever.
 */
function withTry(before: Activation | undefined, entry: LifeCycleEntry): Activation | undefined {
  if (before === undefined || entry.outcome !== 'wrong-codes' || before.id !== entry.activation?.id) return before;
  if (before.lastTry === entry.requestDigest) return before;
  return { ...before, wrongTries: before.wrongTries + 1, lastTry: entry.requestDigest };
}
