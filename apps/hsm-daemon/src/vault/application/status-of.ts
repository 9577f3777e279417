import { fingerprintOf } from '@ramz/custody';
import type { StatusReply } from '../../boundary/status-reply.ts';
import { StoreUnavailable } from '../store/store-unavailable.ts';
import type { VaultPorts } from './ports.ts';

/** What the vault knows of itself, also when its store does not answer. */
export async function statusOf(
  vault: Pick<StatusReply, 'state' | 'failure' | 'shares_given'>,
  { ledger, profile, realm, identity, guard }: VaultPorts,
): Promise<StatusReply> {
  const { keys } = ledger;
  const [active_enrolments, store_problem] = await countOrWhyNot(ledger);
  return {
    kind: 'status',
    ...vault,
    realm,
    profile: profile.name,
    log_size: ledger.log_size,
    active_enrolments: active_enrolments,
    store_answers: store_problem === '',
    store_problem,
    root_key_kcv: keys?.root.kcv ?? '',
    threshold: keys?.shares.threshold ?? 0,
    identity: fingerprintOf(identity.public_key),
    epoch: keys?.epoch ?? 0,
    unseal_mode: guard?.name ?? 'shares',
    blocked_callers: keys?.blocked_callers ?? [],
    free_bytes: ledger.free_bytes,
  };
}

async function countOrWhyNot(ledger: VaultPorts['ledger']): Promise<[count: number, why_not: string]> {
  try {
    return [await ledger.activeEnrolments(), ''];
  } catch (error) {
    if (error instanceof StoreUnavailable) return [0, error.message];
    throw error;
  }
}
