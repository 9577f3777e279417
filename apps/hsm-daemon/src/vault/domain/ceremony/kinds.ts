import type { CeremonyKind, CeremonyPhase } from '@ramz/custody';

/** The phases of each kind of ceremony, in order. */
export const PHASES_OF: Readonly<Record<CeremonyKind, readonly CeremonyPhase[]>> = {
  initialise: ['roster', 'commit', 'reveal', 'prove'],
  unseal: ['give'],
  'rotate-seed-master': ['commit', 'reveal', 'give'],
  'rotate-root-key': ['roster', 'commit', 'reveal', 'give', 'prove'],
  'refresh-shares': ['roster', 'give', 'prove'],
  'replace-custodian': ['roster', 'give', 'prove'],
  'roll-call': ['roll-call'],
  'enable-auto-unseal': ['give'],
  restore: ['give'],
  destroy: ['roster'],
};

/**
 * Returns whether new shares are handed out. All of them are proved before anything takes effect.
 */
export function makesShares(kind: CeremonyKind): boolean {
  return PHASES_OF[kind].includes('prove');
}
