import type { FaultReason } from '../../boundary/commands.ts';

/** A command was refused whole; nothing of it was done. The message is for the caller. */
export class Fault extends Error {
  readonly reason: FaultReason;

  constructor(reason: FaultReason, message: string) {
    super(message);
    this.name = 'Fault';
    this.reason = reason;
  }
}
