// Errors that end a call without a verdict. Only `refusal.ts` converts them to statuses.
import type { Command, FaultReply, ReplyOf } from '../../boundary/commands.ts';
import { WATCHERS_A_CALLER_MAX, WATCHERS_MAX } from '../../boundary/limits.ts';

/** The vault refused the command. */
export class VaultFault extends Error {
  readonly fault: FaultReply;

  constructor(fault: FaultReply) {
    super(fault.message);
    this.name = 'VaultFault';
    this.fault = fault;
  }
}

/**
 * Returns the reply itself.
 * @throws VaultFault when it is a refusal
 */
export function granted<K extends Command['kind']>(reply: ReplyOf[K] | FaultReply): ReplyOf[K] {
  if (reply.kind === 'fault') throw new VaultFault(reply);
  return reply;
}

/** Why a certificate of the bank's own authority is not accepted. */
export type DenialReason = 'CERTIFICATE_EXPIRED' | 'CERTIFICATE_REVOKED' | 'CALLER_BLOCKED';

/** The caller has no right to this call. */
export class AccessRefused extends Error {
  readonly reason: 'ROLE_NOT_ALLOWED' | DenialReason;

  constructor(message: string, reason: AccessRefused['reason'] = 'ROLE_NOT_ALLOWED') {
    super(message);
    this.name = 'AccessRefused';
    this.reason = reason;
  }
}

/** Too many wrong codes came from one origin. It has to wait; the cards do not. */
export class BudgetSpent extends Error {
  readonly waitSeconds: number;

  /** @param field of the request that names the origin */
  constructor(field: string, waitSeconds: number) {
    super(
      `${field}: too many wrong codes came from there: wait ${waitSeconds} s or longer; nothing of this call was decided`,
    );
    this.name = 'BudgetSpent';
    this.waitSeconds = waitSeconds;
  }
}

/** The maximum number of watchers is connected already. */
export class TooManyWatchers extends Error {
  constructor() {
    super(
      `${WATCHERS_A_CALLER_MAX} watchers of one caller, or ${WATCHERS_MAX} in all, are connected already: end one of them, or have one watch for several`,
    );
    this.name = 'TooManyWatchers';
  }
}

/** A text would have nowhere to go. Nothing was done. */
export class NoTextGateway extends Error {
  constructor() {
    super('no text gateway waits at this daemon: nothing was done; inform the operator');
    this.name = 'NoTextGateway';
  }
}

/** The watcher does not read its events. */
export class WatcherStalled extends Error {
  constructor() {
    super('nothing was read for a minute: watch again from the event after the last one seen');
    this.name = 'WatcherStalled';
  }
}

/**
 * Ends calls that would never end by themselves when the daemon stops. Earlier requests are
 * answered first.
 */
export class DaemonStopping extends Error {
  constructor() {
    super('the daemon is stopping: use another one, or retry when this one is up again');
    this.name = 'DaemonStopping';
  }
}

/** A field of a request violates the contract. The message never repeats the field's value. */
export class MalformedRequest extends Error {
  readonly field: string;
  readonly description: string;

  constructor(field: string, description: string) {
    super(`${field}: ${description}`);
    this.name = 'MalformedRequest';
    this.field = field;
    this.description = description;
  }
}
