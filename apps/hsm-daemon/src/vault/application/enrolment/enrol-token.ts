import type { Purpose } from '@ramz/audit-log';
import type { EnrolCommand, EnrolReply } from '../../../boundary/commands.ts';
import { subjectOf } from '../../crypto/keyed-digests.ts';
import type { Standing } from '../../domain/enrolment/standing.ts';
import { SECOND_PIN_PURPOSES } from '../../domain/life-cycle/acts.ts';
import type { SubjectFile } from '../../domain/register/subject-file.ts';
import type { Draft } from '../batch/batch.ts';
import { Fault } from '../batch/fault.ts';
import { standingAt } from '../batch/places.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { fileAt } from '../batch/register.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import { policyOf } from '../verification/call.ts';
import { enrolledEntry, newEnrolmentId, parametersOf, replacedBy, sealedSeedFor } from './new-enrolment.ts';

/**
 * Enrols one more token for a subject and purpose, or replaces the former one where the profile
 * allows only one. The seed leaves the vault here, once, and only the token with the given key can
 * open it.
 * @throws Fault
 */
export async function enrolToken(
  command: EnrolCommand,
  draft: Draft,
  keys: OpenKeys,
  ports: Pick<VaultPorts, 'profile' | 'random' | 'realm'>,
): Promise<EnrolReply> {
  const { caller, purpose, tokenSerial, tokenPublicKey } = command;
  const policy = policyOf(purpose, ports);
  const subject = subjectOf(keys.keyring.cardIndex, command.subjectName);
  const standing = standingAt(draft.place(subject, purpose));
  assertMayEnrol(purpose, standing, fileAt(draft.file(subject)), ports);
  const voids = replacedBy(tokenSerial, standing, policy);
  if (voids === undefined) {
    throw new Fault('too-many-tokens', `the profile allows ${policy.tokensMax} tokens of one subject and purpose`);
  }
  const token = { caller, subject, purpose, enrolmentId: newEnrolmentId(ports.random), tokenSerial, voids };
  const entry = enrolledEntry(token, standing, policy, draft.nowMs, keys);
  const { enrolmentId, generation, epoch } = entry;
  const enrolment = { id: enrolmentId, generation, epoch };
  const sealedSeed = await sealedSeedFor({ subject, purpose, enrolment, policy, publicKey: tokenPublicKey }, keys);
  return {
    kind: 'enrolled',
    enrolmentId,
    generation,
    sealedSeed,
    parameters: parametersOf(purpose, policy),
    logIndex: draft.record(entry),
  };
}

/**
 * Checks that a token may be enrolled without an activation (D-27), and for such a subject.
 * @throws Fault
 */
function assertMayEnrol(
  purpose: Purpose,
  standing: Standing | undefined,
  file: SubjectFile | undefined,
  { profile, realm }: Pick<VaultPorts, 'profile' | 'realm'>,
): void {
  if (profile.directEnrolment === 'never' || realm !== 'test') {
    throw new Fault('direct-enrolment', `the profile ${profile.name} takes no Enrol in the ${realm} realm`);
  }
  if (file?.isClosed === true) throw new Fault('subject-closed', 'the bank closed this card or customer');
  const isBlocked = file?.isSecondPinBlocked === true && SECOND_PIN_PURPOSES.includes(purpose);
  if (standing?.status !== 'blocked' && !isBlocked) return;
  throw new Fault('subject-blocked', 'the second PIN is blocked: only a branch lifts the block (M-34)');
}
