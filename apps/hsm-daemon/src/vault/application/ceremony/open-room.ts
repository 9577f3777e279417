import { type CeremonyPlan, type DaemonState, hexOf, type Person } from '@ramz/custody';
import type { ShareSet } from '../../domain/ceremony/ceremony.ts';
import { makesShares } from '../../domain/ceremony/kinds.ts';
import { openCeremony } from '../../domain/ceremony/open-ceremony.ts';
import { StatementRefused } from '../../domain/ceremony/refusal.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { asCustodians, assertReachable } from './assert-reachable.ts';
import { CeremonyRoom } from './ceremony-room.ts';

const NO_SHARES: ShareSet = { scheme: 'slip39', threshold: 0, holders: [] };

type OpeningPorts = Pick<VaultPorts, 'ledger' | 'rootKeeper'>;

/**
 * Rejects a plan that could not be held now. Proposals of one are rejected before people approve.
 * @throws StatementRefused
 */
export function assertCanOpen(
  plan: CeremonyPlan,
  by: string,
  persons: readonly Person[],
  state: DaemonState,
  ports: OpeningPorts,
): void {
  if (plan.kind === 'enable-auto-unseal' && ports.rootKeeper === undefined) {
    throw new StatementRefused('the daemon was started in mode "shares": start it with --unseal pkcs11 first');
  }
  const stored = ports.ledger.keys;
  if (stored !== undefined && makesShares(plan.kind)) {
    const others = stored.persons.filter(({ role }) => role !== 'custodian');
    assertReachable(stored.quorum, [...others, ...asCustodians(plan)], plan.threshold);
  }
  const former = stored?.shares ?? NO_SHARES;
  // The ceremony itself is made, and given its key, only once it was approved.
  openCeremony({ id: '', sessionKey: '', atMs: 0, plan, by, state, persons, former });
}

/**
 * Makes a room for a new ceremony, with its own session key and id.
 * @throws StatementRefused for a plan that cannot be held
 */
export async function openRoom(
  plan: CeremonyPlan,
  by: string,
  persons: readonly Person[],
  state: DaemonState,
  ports: OpeningPorts & Pick<VaultPorts, 'nowMs' | 'random' | 'makeSession'>,
): Promise<CeremonyRoom> {
  assertCanOpen(plan, by, persons, state, ports);
  const stored = ports.ledger.keys;
  const session = await ports.makeSession();
  const id = hexOf(ports.random(16));
  const sessionKey = hexOf(session.publicKey);
  const former = stored?.shares ?? NO_SHARES;
  const opened = { id, plan, by, atMs: ports.nowMs(), sessionKey, state, persons, former };
  return new CeremonyRoom(openCeremony(opened), session, stored);
}
