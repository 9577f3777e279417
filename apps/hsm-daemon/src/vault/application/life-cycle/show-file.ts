import type { FileCommand, FileReply, PlaceView } from '../../../boundary/life-cycle-commands.ts';
import { subjectOf } from '../../crypto/keyed-digests.ts';
import { openReference } from '../../crypto/seal-reference.ts';
import { isAlive, mayRepeatText } from '../../domain/activation/activation.ts';
import { emptyFile } from '../../domain/register/subject-file.ts';
import type { Draft } from '../batch/batch.ts';
import { Fault } from '../batch/fault.ts';
import { standingAt } from '../batch/places.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { fileAt } from '../batch/register.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import { activationNow } from './activation-now.ts';
import { purposesOfSubject } from './asked-act.ts';

/**
 * Shows what is kept of a subject, to branches and the core.
 * @throws RowBroken, Fault
 */
export function showFile(
  { subjectName, channel }: FileCommand,
  draft: Draft,
  keys: OpenKeys,
  ports: Pick<VaultPorts, 'profile' | 'ledger'>,
): FileReply {
  const { cardIndex } = keys.keyring;
  if (channel !== '' && channel !== 'branch')
    throw new Fault('channel-not-allowed', 'only branches and the core see a file');
  const subject = subjectOf(cardIndex, subjectName);
  const file = fileAt(draft.file(subject));
  const places = purposesOfSubject(subjectName, ports.profile).map((purpose): PlaceView => {
    const { status = 'none', enrolments = [] } = standingAt(draft.place(subject, purpose)) ?? {};
    const tokens = enrolments.map(({ tokenSerial, isLost = false }) => ({ serial: tokenSerial, isLost }));
    return { purpose, status, tokens };
  });
  const { reference, registered, permissions, method, isStaticSecondPinOn, isClosed, activation } =
    file ?? emptyFile(subject);
  const now = activationNow(activation, draft.nowMs, keys, ports);
  const isOut = activation?.appKey === '' && (isAlive(activation, now) || mayRepeatText(activation, now));
  return {
    kind: 'file',
    isKnown: file !== undefined || places.some(({ status }) => status !== 'none'),
    reference: openReference(cardIndex, subject, reference),
    hasNumber: registered !== '',
    method,
    isStaticSecondPinOn,
    isClosed,
    codeUntilMs: isOut ? activation.codeUntilMs : 0,
    permissions: permissions.map(({ personKind, accountKind, branch, issuedAtMs }) => ({
      personKind,
      accountKind,
      branch,
      issuedAtMs,
    })),
    places,
  };
}
