import { activationKeyMessage } from '@ramz/token-client/formats';
import type { ActivationKeyReply } from '../../../boundary/activation-commands.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { OpenKeys } from '../keys/open-keys.ts';

/**
 * Returns the key to which apps seal their codes, signed by the audit key: that one an app knows
 * from its bank, and every daemon of the bank has it.
 * @throws Fault
 */
export async function tellActivationKey(
  { activations, epoch, keyring }: OpenKeys,
  nowMs: number,
  { profile }: Pick<VaultPorts, 'profile'>,
): Promise<ActivationKeyReply> {
  if (profile.activation === undefined) {
    throw new Fault('not-in-profile', `the profile ${profile.name} has no activation`);
  }
  const pair = epoch === undefined ? undefined : await activations.pairOf(epoch);
  if (epoch === undefined || pair === undefined) {
    throw new Fault('wrong-state', 'no seed master key is active: rotate it first');
  }
  const { publicKey } = pair;
  const signature = await keyring.audit.sign(activationKeyMessage(profile.name, epoch, publicKey));
  return { kind: 'activation-key', publicKey, epoch, signature, atMs: nowMs };
}
