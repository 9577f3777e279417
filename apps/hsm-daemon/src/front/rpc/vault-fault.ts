import type { Command, FaultReply, ReplyOf } from '../../boundary/commands.ts';

/** The vault refused the command. */
export class VaultFault extends Error {
  readonly fault: FaultReply;

  constructor(fault: FaultReply) {
    super(fault.message);
    this.name = 'VaultFault';
    this.fault = fault;
  }
}

/** The reply itself. @throws VaultFault when it is a refusal */
export function granted<K extends Command['kind']>(reply: ReplyOf[K] | FaultReply): ReplyOf[K] {
  if (reply.kind === 'fault') throw new VaultFault(reply);
  return reply;
}
