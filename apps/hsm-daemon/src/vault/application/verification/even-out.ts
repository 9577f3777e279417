import type { Verdict } from '@ramz/audit-log';
import type { Enrolment } from '../../domain/enrolment/enrolment.ts';
import { foldEntry } from '../../domain/enrolment/fold-entry.ts';
import type { Standing } from '../../domain/enrolment/standing.ts';
import type { Rules } from '../../domain/verification/decide.ts';
import type { VaultPorts } from '../batch/ports.ts';

const TOKEN: Enrolment = { id: '0'.repeat(32), generation: 1, epoch: 1, tokenSerial: '', floor: 0, observed: [] };
const NONE = { firstStep: 0, steps: 1, matches: 0 };

/** Exported so that the compiler does not remove the work as useless. */
export let lastSiblings = 0;

/** The standing of a subject that does not exist. */
const DECOY: Standing = {
  subject: '0'.repeat(32),
  purpose: 'second-pin',
  status: 'active',
  generation: 1,
  wrongAtMs: [0, 0],
  wrongSinceAccepted: 2,
  enrolments: [TOKEN],
  through: 0,
};

/**
 * Does the same work as a counted wrong code, so that unknown, locked and used codes take as long
 * (D-14). Returns a dummy standing for the store to encode and discard.
 */
export function evenOut(
  entry: Verdict,
  siblings: Iterable<Standing>,
  rules: Rules,
  { decide }: Pick<VaultPorts, 'decide'>,
): Standing {
  // A counted try iterates over its siblings once more, to rely on them.
  lastSiblings = [...siblings].length;
  const { reason } = decide(DECOY, siblings, rules, [{ enrolment: TOKEN, evidence: NONE }], entry.atMs);
  const after = foldEntry(DECOY, DECOY.purpose, { ...entry, purpose: DECOY.purpose, reason }, 1);
  return { ...(after ?? DECOY), subject: entry.subject, purpose: entry.purpose };
}
