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
]);

/** Returns the activation of a subject after an entry about it. */
export function foldActivation(
  before: Activation | undefined,
  entry: LifeCycleEntry,
  logIndex: number,
): Activation | undefined {
  const { act, outcome, activation: facts } = entry;
  if (act === 'codes-refused') return withTry(before, entry);
  if (outcome !== 'done') return before;
  if (ENDING.has(act)) return undefined;
  // With the last permission of a customer the tokens end.
  if (act === 'permission-withdrawn') return entry.purposes.length > 0 ? undefined : before;
  if (facts === undefined) return before;
  if (before !== undefined && act === 'text-repeated') return { ...before, ...facts, repeats: before.repeats + 1 };
  if (before !== undefined && act === 'activated') return { ...before, ...facts };
  return { ...facts, issuedAtMs: entry.atMs, wrongTries: 0, lastTry: '', repeats: 0, logIndex };
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
