import type { SubjectActCommand } from '../../../boundary/life-cycle-commands.ts';
import { ACTS } from '../../domain/life-cycle/acts.ts';
import type { Draft } from '../batch/batch.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { ACT_OF, rpcOf } from './asked-act.ts';

/**
 * Checks again what the front has checked: an act from a channel, or from the core, that the table
 * or the bank's profile does not allow is refused and logged.
 * @throws Fault `channel-not-allowed`
 */
export function assertMayAct(
  { kind, caller, channel }: SubjectActCommand,
  draft: Draft,
  { profile }: Pick<VaultPorts, 'profile'>,
): void {
  const { channels, isOfCore } = ACTS[ACT_OF[kind]];
  const ofProfile = profile.acts[kind];
  const isAllowed =
    channel === '' ? isOfCore : channels.includes(channel) && (ofProfile === undefined || ofProfile.includes(channel));
  if (isAllowed) return;
  const who = channel === '' ? 'the core' : `the channel ${channel}`;
  draft.record({ kind: 'refusal', atMs: draft.nowMs, caller, rpc: rpcOf(kind), reason: who });
  const isNarrowed = channel !== '' && channels.includes(channel);
  const by = isNarrowed ? ` by the profile ${profile.name}` : '';
  throw new Fault('channel-not-allowed', `${rpcOf(kind)} is not taken from ${who}${by}`);
}
