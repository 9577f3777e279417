import type { Asker } from '../../boundary/vault-link.ts';
import type { AnyCall } from '../connections/connection-of.ts';
import type { Caller } from './caller.ts';

/** For whom a call's commands are sent: they are left out once the caller has gone. */
export function askerOf({ name }: Pick<Caller, 'name'>, call: Pick<AnyCall, 'cancelled'>): Asker {
  return { name, hasGone: () => call.cancelled };
}
