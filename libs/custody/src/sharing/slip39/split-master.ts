import type { Secret } from '@ramz/otp-core';
import type { RandomBytes } from '../../entropy.ts';
import { CustodyError } from '../../errors.ts';
import { encryptMaster, type MasterEncryption } from './encrypt-master.ts';
import { IDENTIFIER_MAX, SECRET_BYTES_MAX, SECRET_BYTES_MIN, SHARES_MAX, type Slip39Share } from './share.ts';
import { repeatPoint, splitPoints } from './split-points.ts';

/** The plan of a split: `groupThreshold` groups are needed, each with its own threshold. */
export interface SplitPlan extends MasterEncryption {
  readonly groupThreshold: number;
  readonly groups: readonly { readonly threshold: number; readonly count: number }[];
}

/**
 * Returns one array of shares for each group (SLIP-39, "Generating the shares").
 * @throws CustodyError `threshold-range`, `secret-length`, `passphrase-malformed`
 */
export function splitMaster(master: Secret, plan: SplitPlan, random: RandomBytes): Slip39Share[][] {
  assertSplittable(master, plan);
  using encrypted = encryptMaster(master, plan);
  const { identifier, extendable, iterationExponent, groupThreshold, groups } = plan;
  // With a group threshold of 1, any group is enough: each group splits the whole secret among its
  // members.
  const groupPoints =
    groupThreshold === 1
      ? repeatPoint(encrypted, groups.length)
      : splitPoints(encrypted, groupThreshold, groups.length, random);
  return groups.map(({ threshold, count }, groupIndex) => {
    const group = groupPoints[groupIndex]?.value as Secret;
    const members = splitPoints(group, threshold, count, random);
    group.wipe();
    return members.map(({ x, value }) => ({
      identifier,
      extendable,
      iterationExponent,
      groupIndex,
      groupThreshold,
      groupCount: groups.length,
      memberIndex: x,
      memberThreshold: threshold,
      value,
    }));
  });
}

function assertSplittable(master: Secret, { identifier, iterationExponent, groups, groupThreshold }: SplitPlan): void {
  if (master.length < SECRET_BYTES_MIN || master.length > SECRET_BYTES_MAX || master.length % 2 !== 0) {
    throw new CustodyError(
      'secret-length',
      `a secret to split has an even number of bytes, ${SECRET_BYTES_MIN} to ${SECRET_BYTES_MAX}`,
    );
  }
  const whole = (value: number, max: number) => Number.isInteger(value) && value >= 0 && value <= max;
  const isThreshold = Number.isInteger(groupThreshold) && groupThreshold >= 1 && groupThreshold <= groups.length;
  if (
    !whole(identifier, IDENTIFIER_MAX) ||
    !whole(iterationExponent, 15) ||
    !isThreshold ||
    groups.length > SHARES_MAX
  ) {
    throw new CustodyError('threshold-range', 'the identifier, iteration exponent or group threshold is out of range');
  }
}
