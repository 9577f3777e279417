import type { TokenActCommand } from '../../../boundary/life-cycle-commands.ts';
import { isSameSerial } from '../../domain/enrolment/enrolment.ts';
import type { Draft } from '../batch/batch.ts';
import { type ActPlan, type AskedAct, enrolmentsAt, voidedHere } from './asked-act.ts';

/** Plans an act on one token of a subject, in all purposes for which it was enrolled. */
export function planToken({ command, subject, purposes }: AskedAct<TokenActCommand>, draft: Draft): ActPlan {
  const { kind, tokenSerial } = command;
  const ofToken = enrolmentsAt(subject, purposes, draft).filter((one) => isSameSerial(one.tokenSerial, tokenSerial));
  if (ofToken.length === 0) return { outcome: 'no-such-token' };
  const meant = kind === 'report-found' ? ofToken.filter(({ isLost }) => isLost === true) : ofToken;
  if (meant.length === 0) return { outcome: 'not-lost' };
  const ids = meant.map(({ id }) => id);
  const touched = purposes.filter((purpose) =>
    enrolmentsAt(subject, [purpose], draft).some(({ id }) => ids.includes(id)),
  );
  const voided = voidedHere(kind === 'void-token' ? ids.length : 0);
  return { outcome: 'done', facts: { purposes: touched, enrolments: ids, ...voided } };
}
