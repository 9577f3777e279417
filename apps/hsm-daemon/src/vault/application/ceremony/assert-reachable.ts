import { type CeremonyPlan, OPERATIONS, type Person, type Quorum } from '@ramz/custody';
import { StatementRefused } from '../../domain/ceremony/refusal.ts';
import { isReachable } from '../../domain/quorum/approvals.ts';

/** Rejects rules that the known persons cannot meet: they would lock everyone out for good. */
export function assertReachable(quorum: Quorum, persons: readonly Person[], threshold: number): void {
  for (const operation of OPERATIONS) {
    if (isReachable(quorum[operation], persons, threshold)) continue;
    throw new StatementRefused(`"${operation}" could never be approved by the people there are`);
  }
}

/** Returns the plan's custodians, for counting only. */
export function asCustodians({ custodians }: CeremonyPlan): Person[] {
  return custodians.map((name) => ({ name, role: 'custodian', signing_key: '', sealing_key: '' }));
}
