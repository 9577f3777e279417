import { type CeremonyPlan, OPERATIONS, type Person, type Quorum } from '@ramz/custody';
import { StatementRefused } from '../../domain/ceremony/refusal.ts';
import { isReachable } from '../../domain/quorum/approvals.ts';

/** Rules that the people there are cannot meet would lock everybody out, for ever. */
export function assertReachable(quorum: Quorum, persons: readonly Person[], threshold: number): void {
  for (const operation of OPERATIONS) {
    if (isReachable(quorum[operation], persons, threshold)) continue;
    throw new StatementRefused(`"${operation}" could never be approved by the people there are`);
  }
}

/** Whoever the plan names, as far as counting goes. */
export function asCustodians({ custodians }: CeremonyPlan): Person[] {
  return custodians.map((name) => ({ name, role: 'custodian', signing_key: '', sealing_key: '' }));
}
