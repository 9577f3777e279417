import type { Secret } from '@ramz/otp-core';
import { CustodyError, type CustodyErrorReason } from '../../errors.ts';
import { decryptMaster } from './encrypt-master.ts';
import type { Slip39Share } from './share.ts';
import { combinePoints } from './split-points.ts';

const COMMON: readonly (readonly [keyof Slip39Share, CustodyErrorReason, string])[] = [
  ['identifier', 'identifiers-differ', 'it is a share of another ceremony: the identifiers differ'],
  ['extendable', 'identifiers-differ', 'it is a share of another ceremony: one share is extendable, the other is not'],
  ['iterationExponent', 'iteration-exponents-differ', 'the iteration exponents of the shares differ'],
  ['groupThreshold', 'group-thresholds-differ', 'the group thresholds of the shares differ'],
  ['groupCount', 'group-counts-differ', 'the shares name different numbers of groups'],
];

/**
 * Checks that `share` belongs with the shares in `held`. There may be fewer than the threshold.
 * @throws CustodyError with the reason
 */
export function assertFits(share: Slip39Share, held: readonly Slip39Share[]): void {
  for (const other of held) {
    for (const [field, reason, why] of COMMON) if (share[field] !== other[field]) throw new CustodyError(reason, why);
    if (share.value.length !== other.value.length) {
      throw new CustodyError('share-lengths-differ', 'the shares belong to secrets of different lengths');
    }
    if (share.groupIndex !== other.groupIndex) continue;
    if (share.memberThreshold !== other.memberThreshold) {
      throw new CustodyError('member-thresholds-differ', 'the shares of one group have different thresholds');
    }
    if (share.memberIndex === other.memberIndex) {
      throw new CustodyError('share-repeated', 'the same share was given twice');
    }
  }
}

/**
 * Returns the master secret (SLIP-39, "Combining the shares"). The caller wipes the shares. A wrong
 * passphrase gives another secret and no error: compare the check value of the secret.
 * @throws CustodyError as `assertFits`; `shares-too-few`, `groups-too-few`, `members-too-few`,
 * `shares-too-many`; `secret-digest-wrong` when a share was forged
 */
export function combineMaster(shares: readonly Slip39Share[], passphrase: string): Secret {
  const [first] = shares;
  if (first === undefined) throw new CustodyError('shares-too-few', 'no share was given');
  shares.forEach((share, i) => {
    assertFits(share, shares.slice(0, i));
  });
  const groups = [...Map.groupBy(shares, (share) => share.groupIndex)];
  assertEnough(first, groups);
  const points = groups.map(([x, members]) => ({
    x,
    value: combinePoints(members.map(({ memberIndex, value }) => ({ x: memberIndex, value }))),
  }));
  try {
    using encrypted = combinePoints(points);
    return decryptMaster(encrypted, { ...first, passphrase });
  } finally {
    for (const { value } of points) value.wipe();
  }
}

function assertEnough(first: Slip39Share, groups: readonly (readonly [number, readonly Slip39Share[]])[]): void {
  if (groups.length < first.groupThreshold) {
    throw new CustodyError('groups-too-few', `${groups.length} of ${first.groupThreshold} groups were given`);
  }
  if (groups.length > first.groupThreshold) {
    throw new CustodyError('shares-too-many', `give exactly ${first.groupThreshold} groups`);
  }
  for (const [, members] of groups) {
    const threshold = members[0]?.memberThreshold ?? 0;
    if (members.length > threshold) {
      throw new CustodyError('shares-too-many', `give exactly ${threshold} shares of a group`);
    }
    if (members.length < threshold) {
      const reason = first.groupCount === 1 ? 'shares-too-few' : 'members-too-few';
      throw new CustodyError(reason, `${members.length} of ${threshold} shares were given`);
    }
  }
}
