import type { Purpose } from '@ramz/audit-log';
import { purposesOf } from '../../domain/life-cycle/acts.ts';
import type { Draft } from '../batch/batch.ts';
import { Fault } from '../batch/fault.ts';
import { standingAt } from '../batch/places.ts';
import { type ActPlan, type AskedAct, enrolmentsAt, voidedHere } from './asked-act.ts';

/**
 * Plans an act that needs nothing but its subject: deactivate, block, unblock, close.
 * @throws Fault when the bank's profile has no purpose that the act could touch
 */
export function planPlain({ act, subject, purposes, file }: AskedAct, draft: Draft): ActPlan {
  const touched = purposesOf(act, purposes);
  if (touched.length === 0) throw new Fault('not-in-profile', 'the profile has no second PIN of such a subject');
  const isBlocked = touched.some((purpose) => standingAt(draft.place(subject, purpose))?.status === 'blocked');
  if (act === 'second-pin-unblocked' && !isBlocked && file?.isSecondPinBlocked !== true)
    return { outcome: 'not-blocked' };
  const changed = act === 'second-pin-blocked' ? blockedNow(touched, subject, draft) : touched;
  const ended = enrolmentsAt(subject, changed, draft).map(({ id }) => id);
  return { outcome: 'done', facts: { purposes: changed, enrolments: ended, ...voidedHere(ended.length) } };
}

/**
 * A card that never had a token gets one blocked place, and not one for each purpose: the more rows
 * a card has, the longer its refusals take. The file keeps the others from being enrolled.
 */
function blockedNow(touched: readonly Purpose[], subject: string, draft: Draft): readonly Purpose[] {
  const there = touched.filter((purpose) => standingAt(draft.place(subject, purpose)) !== undefined);
  return there.length > 0 ? there : touched.slice(0, 1);
}
