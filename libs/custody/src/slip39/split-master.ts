import type { Secret } from '@ramz/otp-core';
import { CustodyError } from '../errors.ts';
import type { RandomBytes } from '../random-bytes.ts';
import { encryptMaster, type MasterEncryption } from './encrypt-master.ts';
import { IDENTIFIER_MAX, SECRET_BYTES_MIN, type Slip39Share } from './share.ts';
import { splitPoints } from './split-points.ts';

/** Who gets shares: `group_threshold` groups are needed, and in each of them its own threshold of members. */
export interface SplitPlan extends MasterEncryption {
  readonly group_threshold: number;
  readonly groups: readonly { readonly threshold: number; readonly count: number }[];
}

/**
 * SLIP-39, "Generating the shares": one array of shares a group.
 * @throws CustodyError `threshold-range`, `secret-length`, `passphrase-malformed`
 */
export function splitMaster(master: Secret, plan: SplitPlan, random: RandomBytes): Slip39Share[][] {
  assertSplittable(master, plan);
  using encrypted = encryptMaster(master, plan);
  const { identifier, extendable, iteration_exponent, group_threshold, groups } = plan;
  const group_points = splitPoints(encrypted, group_threshold, groups.length, random);
  return groups.map(({ threshold, count }, group_index) => {
    const group = group_points[group_index]?.value as Secret;
    const members = splitPoints(group, threshold, count, random);
    group.wipe();
    return members.map(({ x, value }) => ({
      identifier,
      extendable,
      iteration_exponent,
      group_index,
      group_threshold,
      group_count: groups.length,
      member_index: x,
      member_threshold: threshold,
      value,
    }));
  });
}

function assertSplittable(
  master: Secret,
  { identifier, iteration_exponent, groups, group_threshold }: SplitPlan,
): void {
  if (master.length < SECRET_BYTES_MIN || master.length % 2 !== 0) {
    throw new CustodyError(
      'secret-length',
      `a secret to split has an even number of bytes, ${SECRET_BYTES_MIN} or more`,
    );
  }
  const whole = (value: number, max: number) => Number.isInteger(value) && value >= 0 && value <= max;
  if (!whole(identifier, IDENTIFIER_MAX) || !whole(iteration_exponent, 15) || group_threshold > groups.length) {
    throw new CustodyError('threshold-range', 'the identifier, iteration exponent or group threshold is out of range');
  }
}
