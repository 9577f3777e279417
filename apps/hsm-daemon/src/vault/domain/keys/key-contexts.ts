import type { Purpose } from '@ramz/audit-log';

/** Everything that makes a seed its own (design 2): change one of these and the seed is another. */
export interface SeedIdentity {
  readonly bank: string;
  readonly subject: string;
  readonly enrolmentId: string;
  readonly purpose: Purpose;
  readonly generation: number;
  readonly epoch: number;
}

export const SEED_LABEL = 'ramz/seed/v1';

/** The fields of its context, for `deriveKey`. */
export function seedContext(identity: SeedIdentity): readonly string[] {
  const { bank, subject, enrolmentId, purpose, generation, epoch } = identity;
  return [bank, subject, enrolmentId, purpose, String(generation), String(epoch)];
}
export const ZONE_LABEL = 'ramz/zone/v1';

/** Everything that makes a zone's key its own. */
export interface ZoneIdentity {
  readonly bank: string;
  readonly zone: string;
  /** Of the seed master key that it derives from. */
  readonly epoch: number;
}

/** The fields of its context, for `deriveKey`. */
export function zoneContext({ bank, zone, epoch }: ZoneIdentity): readonly string[] {
  return [bank, zone, String(epoch)];
}
