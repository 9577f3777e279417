import type { Purpose } from '@ramz/audit-log';

/**
 * Everything that makes a seed unique (docs/explanation/key-hierarchy.md): a change in any field
 * gives another seed.
 */
export interface SeedIdentity {
  readonly bank: string;
  readonly subject: string;
  readonly enrolmentId: string;
  readonly purpose: Purpose;
  readonly generation: number;
  readonly epoch: number;
}

export const SEED_LABEL = 'ramz/seed/v1';

/** Returns the fields of its context, for `deriveKey`. */
export function seedContext(identity: SeedIdentity): readonly string[] {
  const { bank, subject, enrolmentId, purpose, generation, epoch } = identity;
  return [bank, subject, enrolmentId, purpose, String(generation), String(epoch)];
}
export const ZONE_LABEL = 'ramz/zone/v1';

/** Everything that makes a zone's key unique. */
export interface ZoneIdentity {
  readonly bank: string;
  readonly zone: string;
  /** Epoch of the seed master key that it derives from. */
  readonly epoch: number;
}

/** Returns the fields of its context, for `deriveKey`. */
export function zoneContext({ bank, zone, epoch }: ZoneIdentity): readonly string[] {
  return [bank, zone, String(epoch)];
}
