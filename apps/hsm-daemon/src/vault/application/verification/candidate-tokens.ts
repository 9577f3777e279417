import type { PurposePolicy } from '@ramz/bank-profile';
import type { SeedOf } from '../../crypto/seed-keys.ts';
import type { Enrolment } from '../../domain/enrolment/enrolment.ts';
import { placeOf, type Standing } from '../../domain/enrolment/standing.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import type { CandidateToken, Try } from './tries.ts';

const NOBODY: Enrolment = {
  id: '',
  generation: 0,
  epoch: 0,
  tokenSerial: '',
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
  tried: TokenSelector,
  policy: PurposePolicy,
  keys: OpenKeys,
): CandidateToken[] {
  const active = activeOf(standing, tried, keys);
  if (active.length === 0) {
    const ofNobody = decoyOf(tried, keys);
    const key = ofNobody === undefined ? keys.decoys[policy.hash] : keys.seeds.keyOf(ofNobody, policy);
    return [{ enrolment: NOBODY, key, isDecoy: true }];
  }
  const { subject, purpose } = tried;
  return active.map((enrolment) => ({
    enrolment,
    key: keys.seeds.keyOf({ subject, purpose, enrolment }, policy),
    isDecoy: false,
  }));
}

/** The keys that `tokensTried` will ask for. */
export function keysTried(standing: Standing | undefined, tried: TokenSelector, keys: OpenKeys): SeedOf[] {
  const { subject, purpose } = tried;
  const active = activeOf(standing, tried, keys);
  const decoy = active.length === 0 ? decoyOf(tried, keys) : undefined;
  return decoy === undefined ? active.map((enrolment) => ({ subject, purpose, enrolment })) : [decoy];
}

/** So many at most: those whose keys may not be used are counted too, and a decoy. */
export function tokensTriedMax(standing: Standing | undefined, { tokenSerial }: TokenSelector): number {
  return tokenSerial === '' ? Math.max(1, standing?.enrolments.length ?? 0) : 1;
}

type TokenSelector = Pick<Try, 'subject' | 'purpose' | 'tokenSerial'>;

function activeOf(
  standing: Standing | undefined,
  { tokenSerial }: TokenSelector,
  { seeds }: OpenKeys,
): readonly Enrolment[] {
  return (standing?.enrolments ?? []).filter(
    (one) => seeds.hasEpoch(one.epoch) && (tokenSerial === '' || one.tokenSerial === tokenSerial),
  );
}

function decoyOf({ subject, purpose }: TokenSelector, { epoch }: OpenKeys): SeedOf | undefined {
  if (epoch === undefined) return undefined;
  return { subject, purpose, enrolment: { id: placeOf(subject, purpose), generation: 0, epoch } };
}
