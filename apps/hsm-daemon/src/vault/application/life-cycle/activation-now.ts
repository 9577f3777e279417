import type { Activation, ActivationNow } from '../../domain/activation/activation.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { OpenKeys } from '../keys/open-keys.ts';

/** Returns what an activation is judged by at this time. */
export function activationNow(
  activation: Activation | undefined,
  nowMs: number,
  { seeds }: OpenKeys,
  { profile, ledger }: Pick<VaultPorts, 'profile' | 'ledger'>,
): ActivationNow {
  return {
    nowMs,
    storeEpoch: ledger.keys?.epoch ?? 0,
    hasKey: activation !== undefined && seeds.hasEpoch(activation.epoch),
    triesMax: profile.activation?.triesMax ?? 0,
  };
}
