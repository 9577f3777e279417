import type { Asker } from '../../boundary/vault-link.ts';
import type { AnyCall } from '../connections/connection-of.ts';
import type { Caller } from './caller.ts';

/** Returns the caller that a call's commands are sent for. They are dropped once it has gone. */
export function askerOf({ name }: Pick<Caller, 'name'>, call: Pick<AnyCall, 'cancelled'>): Asker {
  return { name, hasGone: () => call.cancelled };
}
