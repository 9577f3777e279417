import type { HmacKey } from '@ramz/otp-core';
import type { Enrolment } from '../domain/enrolment/enrolment.ts';
import { placeOf, type Standing } from '../domain/enrolment/standing.ts';
import type { PurposePolicy } from '../domain/policy/purpose-policy.ts';
import type { Try } from './decide-tries.ts';
import type { OpenKeys } from './open-keys.ts';

/** A token that a try is compared with. */
export interface TriedToken {
  readonly enrolment: Enrolment;
  readonly key: HmacKey;
  /** There is none: the work is done all the same. */
  readonly is_decoy: boolean;
}

const NOBODY: Enrolment = {
  id: '',
  generation: 0,
  epoch: 0,
  token_serial: '',
  floor: 0,
  observed: [],
};

/**
 * The tokens of a standing, or the one with this serial. A token whose seed master key was suspended, compromised or
 * destroyed is as good as none. Where there is none, a decoy, whose key is derived and kept as a token's is: an unknown
 * subject costs what a known one costs, the first time and afterwards.
 */
export function tokensTried(
  standing: Standing | undefined,
  { subject, purpose, token_serial }: Pick<Try, 'subject' | 'purpose' | 'token_serial'>,
  policy: PurposePolicy,
  { seeds, decoys, epoch }: OpenKeys,
): TriedToken[] {
  const active = (standing?.enrolments ?? []).filter(
    (one) => seeds.hasEpoch(one.epoch) && (token_serial === '' || one.token_serial === token_serial),
  );
  if (active.length === 0) {
    const of_nobody = { subject, purpose, id: placeOf(subject, purpose), generation: 0, epoch: epoch ?? 0 };
    const key = epoch === undefined ? decoys[policy.hash] : seeds.keyOf(of_nobody, policy);
    return [{ enrolment: NOBODY, key, is_decoy: true }];
  }
  return active.map((enrolment) => ({
    enrolment,
    key: seeds.keyOf({ subject, purpose, ...enrolment }, policy),
    is_decoy: false,
  }));
}
