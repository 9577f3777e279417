import type { Channel } from '@ramz/audit-log';
import { ACTS } from '../../domain/life-cycle/acts.ts';
import type { Draft } from '../batch/batch.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { ACT_OF, type ActCommandOf, rpcOf } from './asked-act.ts';

/**
 * Checks again what the front has checked: an act from a channel, a gateway or the core that the
 * table or the bank's profile does not allow is refused and logged.
 * @throws Fault `channel-not-allowed`
 */
export function assertMayAct(
  { kind, caller, channel }: ActCommandOf,
  draft: Draft,
  { profile }: Pick<VaultPorts, 'profile'>,
): void {
  const { channels, isOfCore, isOfGateway = false } = ACTS[ACT_OF[kind]];
  const ofProfile = profile.acts[kind];
  const isOf = (one: Channel) => channels.includes(one) && (ofProfile === undefined || ofProfile.includes(one));
  const isAllowed = channel === '' ? isOfCore : channel === 'gateway' ? isOfGateway : isOf(channel);
  if (isAllowed) return;
  const who = channel === '' ? 'the core' : channel === 'gateway' ? 'a gateway' : `the channel ${channel}`;
  draft.record({ kind: 'refusal', atMs: draft.nowMs, caller, rpc: rpcOf(kind), reason: who });
  const isNarrowed = channels.some((one) => one === channel);
  const by = isNarrowed ? ` by the profile ${profile.name}` : '';
  throw new Fault('channel-not-allowed', `${rpcOf(kind)} is not taken from ${who}${by}`);
}
