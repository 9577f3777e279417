// What every new token needs, whether it is enrolled directly or by an activation.
import type { EnrolledEntry, Purpose } from '@ramz/audit-log';
import { ocraSuiteText, type PurposePolicy } from '@ramz/bank-profile';
import { CustodyError, hexOf, type RandomBytes, sealEnvelope } from '@ramz/custody';
import type { CodeParameters } from '../../../boundary/views.ts';
import { type Enrolment, isSameSerial } from '../../domain/enrolment/enrolment.ts';
import type { Standing } from '../../domain/enrolment/standing.ts';
import { liveSteps } from '../../domain/verification/candidate-steps.ts';
import { Fault } from '../batch/fault.ts';
import type { OpenKeys } from '../keys/open-keys.ts';

const ENROLMENT_ID_BYTES = 16;

export function newEnrolmentId(random: RandomBytes): string {
  return hexOf(random(ENROLMENT_ID_BYTES));
}

/** Facts of a new enrolment that its caller decides. */
type NewToken = Pick<EnrolledEntry, 'caller' | 'subject' | 'purpose' | 'enrolmentId' | 'tokenSerial' | 'voids'>;

/** @throws Fault when no seed master key is active */
export function enrolledEntry(
  token: NewToken,
  standing: Standing | undefined,
  policy: PurposePolicy,
  nowMs: number,
  { epoch }: OpenKeys,
): EnrolledEntry {
  if (epoch === undefined) throw new Fault('wrong-state', 'no seed master key is active: rotate it first');
  const generation = (standing?.generation ?? 0) + 1;
  return { kind: 'enrolled', atMs: nowMs, ...token, generation, epoch, floor: floorAtFirst(policy, nowMs) };
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
 * profile allows no more, otherwise one of the same serial. Returns undefined when the profile
 * allows no further token.
 */
export function replacedBy(
  tokenSerial: string,
  standing: Standing | undefined,
  { tokensMax }: Pick<PurposePolicy, 'tokensMax'>,
): string[] | undefined {
  const { status = 'active', enrolments = [] } = standing ?? {};
  const all = status === 'locked' || tokensMax === 1;
  const replaced = enrolments.filter((one) => all || isSameSerial(one.tokenSerial, tokenSerial)).map(({ id }) => id);
  return enrolments.length - replaced.length >= tokensMax ? undefined : replaced;
}

/** Whose seed, for whom. */
export interface SeedFor {
  readonly subject: string;
  readonly purpose: Purpose;
  readonly enrolment: Pick<Enrolment, 'id' | 'generation' | 'epoch'>;
  readonly policy: PurposePolicy;
  readonly publicKey: Uint8Array;
}

/**
 * Returns the seed, sealed to the token's key: no one else can open it.
 * @throws Fault `public-key-malformed`
 */
export async function sealedSeedFor({ publicKey, policy, ...of }: SeedFor, keys: OpenKeys): Promise<Uint8Array> {
  using seed = keys.seeds.seedOf(of, policy.hash);
  try {
    return await sealEnvelope('seed', publicKey, seed, of.enrolment.id);
  } catch (error) {
    if (!(error instanceof CustodyError)) throw error;
    throw new Fault('public-key-malformed', 'the token key is not an X25519 public key');
  }
}

export function parametersOf(purpose: Purpose, policy: PurposePolicy): CodeParameters {
  const { hash, digits, periodSeconds, t0Seconds } = policy;
  const ocraSuite = purpose === 'transaction-signature' ? ocraSuiteText(policy) : '';
  return { hash, digits, periodSeconds, t0Seconds, ocraSuite };
}
