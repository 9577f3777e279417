import type { HmacKey } from '@ramz/otp-core';
import type { SeedOf } from '../crypto/seed-keys.ts';
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
  tried: Named,
  policy: PurposePolicy,
  keys: OpenKeys,
): TriedToken[] {
  const active = activeOf(standing, tried, keys);
  if (active.length === 0) {
    const of_nobody = decoyOf(tried, keys);
    const key = of_nobody === undefined ? keys.decoys[policy.hash] : keys.seeds.keyOf(of_nobody, policy);
    return [{ enrolment: NOBODY, key, is_decoy: true }];
  }
  const { subject, purpose } = tried;
  return active.map((enrolment) => ({
    enrolment,
    key: keys.seeds.keyOf({ subject, purpose, enrolment }, policy),
    is_decoy: false,
  }));
}

/** The keys that `tokensTried` will ask for. */
export function keysTried(standing: Standing | undefined, tried: Named, keys: OpenKeys): SeedOf[] {
  const { subject, purpose } = tried;
  const active = activeOf(standing, tried, keys);
  const decoy = active.length === 0 ? decoyOf(tried, keys) : undefined;
  return decoy === undefined ? active.map((enrolment) => ({ subject, purpose, enrolment })) : [decoy];
}

/** So many at most: those whose keys may not be used are counted too, and a decoy. */
export function tokensTriedMax(standing: Standing | undefined, { token_serial }: Named): number {
  return token_serial === '' ? Math.max(1, standing?.enrolments.length ?? 0) : 1;
}

type Named = Pick<Try, 'subject' | 'purpose' | 'token_serial'>;

function activeOf(standing: Standing | undefined, { token_serial }: Named, { seeds }: OpenKeys): readonly Enrolment[] {
  return (standing?.enrolments ?? []).filter(
    (one) => seeds.hasEpoch(one.epoch) && (token_serial === '' || one.token_serial === token_serial),
  );
}

function decoyOf({ subject, purpose }: Named, { epoch }: OpenKeys): SeedOf | undefined {
  if (epoch === undefined) return undefined;
  return { subject, purpose, enrolment: { id: placeOf(subject, purpose), generation: 0, epoch } };
}
