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
