import type { LifeCycleAct, LifeCycleEntry, Purpose } from '@ramz/audit-log';
import { ACTS } from '../life-cycle/acts.ts';
import type { Enrolment } from './enrolment.ts';
import type { Standing } from './standing.ts';

/**
 * Folds an act into one of the places that it touches. A block makes a standing where there was
 * none: a card that never had a token can be blocked.
 */
export function foldAct(
  before: Standing | undefined,
  purpose: Purpose,
  entry: LifeCycleEntry,
  logIndex: number,
): Standing | undefined {
  if (entry.outcome !== 'done' || !entry.purposes.includes(purpose)) return before;
  const { after, endsTokens } = ACTS[entry.act];
  const status = after[before?.status ?? 'none'];
  if (status === undefined || status === 'none') return before;
  const standing = before ?? emptyAt(entry.subject, purpose);
  const enrolments = endsTokens ? NO_TOKENS : tokensAfter(standing.enrolments, entry);
  const isSame = status === standing.status && enrolments === standing.enrolments;
  if (before !== undefined && isSame) return before;
  return { ...standing, status: statusWith(enrolments, status), enrolments, through: logIndex };
}

const NO_TOKENS: readonly Enrolment[] = [];

/** Keeps `generation` at 0: the first seed of the place is still to come. */
function emptyAt(subject: string, purpose: Purpose): Standing {
  const tries = { wrongAtMs: [], wrongSinceAccepted: 0 };
  return { subject, purpose, status: 'active', generation: 0, ...tries, enrolments: NO_TOKENS, through: 0 };
}

/** An active place needs a token. */
function statusWith({ length }: readonly Enrolment[], status: Standing['status']): Standing['status'] {
  return status === 'active' && length === 0 ? 'void' : status;
}

/** Acts that end the tokens that their entry lists. */
const ENDING_LISTED: ReadonlySet<LifeCycleAct> = new Set<LifeCycleAct>([
  'token-voided',
  'replayed-void',
  'token-deleted',
  'activated',
]);

/** Returns the same list when no token changes. */
function tokensAfter(tokens: readonly Enrolment[], { act, enrolments: ids }: LifeCycleEntry): readonly Enrolment[] {
  if (!tokens.some(({ id }) => ids.includes(id))) return tokens;
  if (ENDING_LISTED.has(act)) return tokens.filter(({ id }) => !ids.includes(id));
  return tokens.map((one) => (ids.includes(one.id) ? withLoss(one, act === 'token-lost') : one));
}

function withLoss(token: Enrolment, isLost: boolean): Enrolment {
  if (isLost) return { ...token, isLost };
  const { isLost: wasLost, ...found } = token;
  return wasLost === undefined ? token : found;
}
