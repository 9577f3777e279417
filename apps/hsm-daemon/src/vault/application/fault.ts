import type { FaultReason, FaultReply } from '../../boundary/commands.ts';
import type { DaemonState } from '../../boundary/daemon-state.ts';

/** A command was refused whole; nothing of it was done. The message is for the caller. */
export class Fault extends Error {
  readonly reason: FaultReason;

  constructor(reason: FaultReason, message: string) {
    super(message);
    this.name = 'Fault';
    this.reason = reason;
  }
}

/** As it crosses the wall. */
export function fault(reason: FaultReply['reason'], message: string, state: DaemonState): FaultReply {
  return { kind: 'fault', reason, message, state };
}
