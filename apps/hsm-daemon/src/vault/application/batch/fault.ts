import type { DaemonState } from '@ramz/custody';
import type { FaultReason, FaultReply } from '../../../boundary/commands.ts';
import { RowBroken } from '../../store/store-errors.ts';

/** A command that was refused as a whole: nothing of it was done. The message is for the caller. */
export class Fault extends Error {
  readonly reason: FaultReason;

  constructor(reason: FaultReason, message: string) {
    super(message);
    this.name = 'Fault';
    this.reason = reason;
  }
}

/** Returns a fault as it crosses the wall. */
export function fault(reason: FaultReply['reason'], message: string, state: DaemonState): FaultReply {
  return { kind: 'fault', reason, message, state };
}

/**
 * Returns the reply for an error that was thrown.
 * @throws any error that is not a refusal
 */
export function faultOf(error: unknown, state: DaemonState): FaultReply {
  if (error instanceof Fault) return fault(error.reason, error.message, state);
  if (error instanceof RowBroken) return fault('row-broken', error.message, state);
  throw error;
}
