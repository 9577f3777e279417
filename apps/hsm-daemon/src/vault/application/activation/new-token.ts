import type { EnrolledEntry, Purpose } from '@ramz/audit-log';
import type { PurposePolicy } from '@ramz/bank-profile';
import { serialOf } from '@ramz/token-client/formats';
import type { ActivatedPurpose, CompleteActivationCommand } from '../../../boundary/activation-commands.ts';
import type { Activation } from '../../domain/activation/activation.ts';
import type { Enrolment } from '../../domain/enrolment/enrolment.ts';
import type { Draft } from '../batch/batch.ts';
import { standingAt } from '../batch/places.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { enrolledEntry, newEnrolmentId, parametersOf, replacedBy, sealedSeedFor } from '../enrolment/new-enrolment.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import type { AskedAct } from '../life-cycle/asked-act.ts';
import { policyOf } from '../verification/call.ts';

type CompletionAct = AskedAct<CompleteActivationCommand>;
type TokenPorts = Pick<VaultPorts, 'profile' | 'random'>;

/** One purpose of a token that an activation makes, or made. */
export interface TokenPurpose {
  readonly purpose: Purpose;
  readonly policy: PurposePolicy;
  readonly enrolment: Pick<Enrolment, 'id' | 'generation' | 'epoch'>;
  /** Former enrolments that end. */
  readonly replaced: readonly string[];
  /** Undefined for an enrolment that is there already. */
  readonly entry: EnrolledEntry | undefined;
}

/**
 * Returns a new token in all purposes of the card or customer (M-39); undefined when the profile
 * allows no further one. A lock of one purpose is cured for all, and ends all tokens (D-3, D-22).
 */
export function newToken(
  { subject, purposes, command: { caller } }: CompletionAct,
  appKey: string,
  draft: Draft,
  keys: OpenKeys,
  ports: TokenPorts,
): readonly TokenPurpose[] | undefined {
  const tokenSerial = serialOf(appKey);
  const places = purposes.map((purpose) => ({ purpose, standing: standingAt(draft.place(subject, purpose)) }));
  const isLocked = places.some(({ standing }) => standing?.status === 'locked');
  const token: TokenPurpose[] = [];
  for (const { purpose, standing } of places) {
    const policy = policyOf(purpose, ports);
    const asLocked = isLocked && standing !== undefined ? { ...standing, status: 'locked' as const } : standing;
    const replaced = replacedBy(tokenSerial, asLocked, policy);
    if (replaced === undefined) return undefined;
    // The activation's own entry ends the former ones.
    const facts = { caller, subject, purpose, tokenSerial, voids: [], enrolmentId: newEnrolmentId(ports.random) };
    const entry = enrolledEntry(facts, standing, policy, draft.nowMs, keys);
    const { enrolmentId: id, generation, epoch } = entry;
    token.push({ purpose, policy, enrolment: { id, generation, epoch }, replaced, entry });
  }
  return token;
}

/** Returns the token that an activation made; undefined when it, or its key, is gone. */
export function tokenMade(
  { subject, purposes }: CompletionAct,
  { made }: Activation,
  draft: Draft,
  keys: OpenKeys,
  ports: TokenPorts,
): readonly TokenPurpose[] | undefined {
  const token = purposes.flatMap((purpose): TokenPurpose[] => {
    const { enrolments = [] } = standingAt(draft.place(subject, purpose)) ?? {};
    const enrolment = enrolments.find(({ id, epoch }) => made.includes(id) && keys.seeds.hasEpoch(epoch));
    const policy = policyOf(purpose, ports);
    return enrolment === undefined ? [] : [{ purpose, policy, enrolment, replaced: [], entry: undefined }];
  });
  return token.length === made.length ? token : undefined;
}

/** @throws Fault for a malformed key */
export async function sealedSeeds(
  subject: string,
  token: readonly TokenPurpose[],
  publicKey: Uint8Array,
  keys: OpenKeys,
): Promise<ActivatedPurpose[]> {
  const sealed: ActivatedPurpose[] = [];
  for (const { purpose, policy, enrolment } of token) {
    const sealedSeed = await sealedSeedFor({ subject, purpose, enrolment, policy, publicKey }, keys);
    const { id: enrolmentId, generation } = enrolment;
    sealed.push({ purpose, enrolmentId, generation, sealedSeed, parameters: parametersOf(purpose, policy) });
  }
  return sealed;
}
