import type { DaemonState } from '@ramz/custody';
import type { FaultReason, FaultReply } from '../../../boundary/commands.ts';
import { RowBroken } from '../../store/store-errors.ts';

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

/** What the caller hears of what was thrown. @throws what is no refusal */
export function faultOf(error: unknown, state: DaemonState): FaultReply {
  if (error instanceof Fault) return fault(error.reason, error.message, state);
  if (error instanceof RowBroken) return fault('row-broken', error.message, state);
  throw error;
}
