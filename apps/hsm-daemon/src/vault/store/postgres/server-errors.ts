import { DatabaseError } from 'pg';
import { RaceLost } from '../race-lost.ts';
import { StoreUnavailable } from '../store-errors.ts';
import { RACES } from './dialect.ts';

/** Of several addresses that were tried, the first says why. */
export function messageOf(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const message = first instanceof Error ? first.message : String(first);
  // The driver's word for a server that asks for one when none was given.
  return /password must be a string/.test(message) ? 'the server asks for a password, and none was given' : message;
}

/** What may be waited for, and what may be tried again; anything else is what it is. */
export function knownError(error: unknown): unknown {
  if (error instanceof DatabaseError) {
    // Whatever a server says is no fault of the statement: those are the same each time, and tested.
    const code = error.code ?? '';
    return RACES.includes(code) ? new RaceLost() : new StoreUnavailable(`${error.message} (${code})`);
  }
  if (!(error instanceof Error)) return error;
  // The driver's own: the connection broke, or nothing came in time.
  const ofSystem = 'code' in error && /^E(?!RR_)/.test(String(error.code));
  return ofSystem || /connection|timeout/i.test(error.message) ? new StoreUnavailable(messageOf(error)) : error;
}
