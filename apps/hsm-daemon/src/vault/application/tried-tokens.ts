import type { HmacKey } from '@ramz/otp-core';
import type { Enrolment } from '../domain/enrolment/enrolment.ts';
import type { Standing } from '../domain/enrolment/standing.ts';
import type { PurposePolicy } from '../domain/policy/purpose-policy.ts';
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
 * destroyed is as good as none. Where there is none, a decoy: an unknown subject costs what a known one costs.
 */
export function tokensTried(
  standing: Standing | undefined,
  token_serial: string,
  policy: PurposePolicy,
  { seeds, decoys }: OpenKeys,
): TriedToken[] {
  const active = (standing?.enrolments ?? []).filter(
    (one) => seeds.hasEpoch(one.epoch) && (token_serial === '' || one.token_serial === token_serial),
  );
  if (standing === undefined || active.length === 0) {
    return [{ enrolment: NOBODY, key: decoys[policy.hash], is_decoy: true }];
  }
  const { subject, purpose } = standing;
  return active.map((enrolment) => ({
    enrolment,
    key: seeds.keyOf({ subject, purpose, ...enrolment }, policy),
    is_decoy: false,
  }));
}
