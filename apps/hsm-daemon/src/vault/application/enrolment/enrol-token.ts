import type { EnrolledEntry, Purpose } from '@ramz/audit-log';
import { ocraSuiteText, type PurposePolicy } from '@ramz/bank-profile';
import { CustodyError, hexOf, sealEnvelope } from '@ramz/custody';
import type { EnrolCommand, EnrolReply } from '../../../boundary/commands.ts';
import { subjectOf } from '../../crypto/keyed-digests.ts';
import { isSameSerial } from '../../domain/enrolment/enrolment.ts';
import type { Standing } from '../../domain/enrolment/standing.ts';
import { SECOND_PIN_PURPOSES } from '../../domain/life-cycle/acts.ts';
import type { SubjectFile } from '../../domain/register/subject-file.ts';
import { liveSteps } from '../../domain/verification/candidate-steps.ts';
import type { Draft } from '../batch/batch.ts';
import { Fault } from '../batch/fault.ts';
import { standingAt } from '../batch/places.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { fileAt } from '../batch/register.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import { policyOf } from '../verification/call.ts';

const ENROLMENT_ID_BYTES = 16;

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
  const { caller, purpose, tokenSerial } = command;
  const policy = policyOf(purpose, ports);
  const subject = subjectOf(keys.keyring.cardIndex, command.subjectName);
  const standing = standingAt(draft.place(subject, purpose));
  assertMayEnrol(purpose, standing, fileAt(draft.file(subject)), ports);
  const entry: EnrolledEntry = {
    kind: 'enrolled',
    atMs: draft.nowMs,
    caller,
    subject,
    purpose,
    enrolmentId: hexOf(ports.random(ENROLMENT_ID_BYTES)),
    voids: voidedBy(tokenSerial, standing, policy),
    generation: (standing?.generation ?? 0) + 1,
    epoch: activeEpochOf(keys),
    tokenSerial,
    floor: floorAtFirst(policy, draft.nowMs),
  };
  const { enrolmentId: id, generation, epoch } = entry;
  using seed = keys.seeds.seedOf({ subject, purpose, enrolment: { id, generation, epoch } }, policy.hash);
  const sealedSeed = await sealFor(command.tokenPublicKey, seed, entry.enrolmentId);
  const { hash, digits, periodSeconds, t0Seconds } = policy;
  const ocraSuite = purpose === 'transaction-signature' ? ocraSuiteText(policy) : '';
  return {
    kind: 'enrolled',
    enrolmentId: entry.enrolmentId,
    generation: entry.generation,
    sealedSeed,
    parameters: { hash, digits, periodSeconds, t0Seconds, ocraSuite },
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

/**
 * Returns the first floor of a new seed, below every step that a resynchronisation searches. The
 * seed is new: no code of it was seen before now, whichever step the token's clock makes of now.
 */
function floorAtFirst(policy: PurposePolicy, nowMs: number): number {
  return Math.max(0, liveSteps(policy, nowMs).firstStep - policy.resyncBranchSteps - 1);
}

/**
 * Returns the tokens that a new one replaces: all of a locked subject (D-3), the only one where the
 * profile allows no more, otherwise one of the same serial.
 * @throws Fault when there are too many
 */
function voidedBy(tokenSerial: string, standing: Standing | undefined, { tokensMax }: PurposePolicy): string[] {
  const { status = 'active', enrolments = [] } = standing ?? {};
  const all = status === 'locked' || tokensMax === 1;
  const voids = enrolments.filter((one) => all || isSameSerial(one.tokenSerial, tokenSerial)).map(({ id }) => id);
  if (enrolments.length - voids.length >= tokensMax) {
    throw new Fault('too-many-tokens', `the profile allows ${tokensMax} tokens of one subject and purpose`);
  }
  return voids;
}

function activeEpochOf({ epoch }: OpenKeys): number {
  if (epoch === undefined) throw new Fault('wrong-state', 'no seed master key is active: rotate it first');
  return epoch;
}

async function sealFor(publicKey: Uint8Array, seed: Parameters<typeof sealEnvelope>[2], context: string) {
  try {
    return await sealEnvelope('seed', publicKey, seed, context);
  } catch (error) {
    if (error instanceof CustodyError)
      throw new Fault('public-key-malformed', 'the token key is not an X25519 public key');
    throw error;
  }
}
