import { fingerprintOf } from '@ramz/custody';
import type { StatusReply } from '../../../boundary/status-reply.ts';
import { StoreUnavailable } from '../../store/store-errors.ts';
import type { VaultPorts } from '../batch/ports.ts';

/** Returns the status of the vault, even when its store does not answer. */
export async function statusOf(
  vault: Pick<StatusReply, 'state' | 'failure' | 'sharesGiven' | 'whySealed'>,
  {
    ledger,
    profile,
    realm,
    identity,
    rootKeeper,
  }: Pick<VaultPorts, 'ledger' | 'identity' | 'rootKeeper' | 'profile' | 'realm'>,
): Promise<StatusReply> {
  const { keys } = ledger;
  const [activeEnrolments, storeProblem] = await countOrWhyNot(ledger);
  return {
    kind: 'status',
    ...vault,
    realm,
    profile: profile.name,
    logSize: ledger.logSize,
    activeEnrolments,
    storeAnswers: storeProblem === '',
    storeProblem,
    rootKeyKcv: keys?.root.kcv ?? '',
    threshold: keys?.shares.threshold ?? 0,
    identity: fingerprintOf(identity.publicKey),
    epoch: keys?.epoch ?? 0,
    unsealMode: rootKeeper?.name ?? 'shares',
    blockedCallers: keys?.blocked_callers ?? [],
    freeBytes: ledger.freeBytes,
  };
}

async function countOrWhyNot(ledger: VaultPorts['ledger']): Promise<[count: number, whyNot: string]> {
  try {
    return [await ledger.activeEnrolments(), ''];
  } catch (error) {
    if (error instanceof StoreUnavailable) return [0, error.message];
    throw error;
  }
}
