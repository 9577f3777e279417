import { DatabaseError } from 'pg';
import { RaceLost } from '../race-lost.ts';
import { StoreUnavailable } from '../store-errors.ts';
import { RACES } from './dialect.ts';

/** Returns an error's message; of several addresses that were tried, that of the first. */
export function messageOf(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const message = first instanceof Error ? first.message : String(first);
  // The driver's message when the server asks for a password and none was given.
  return /password must be a string/.test(message) ? 'the server asks for a password, and none was given' : message;
}

/** Converts errors that may pass to StoreUnavailable or RaceLost. Returns any other unchanged. */
export function knownError(error: unknown): unknown {
  if (error instanceof DatabaseError) {
    // An error from the server is not the statement's fault: statements are constant and tested.
    const code = error.code ?? '';
    return RACES.includes(code) ? new RaceLost() : new StoreUnavailable(`${error.message} (${code})`);
  }
  if (!(error instanceof Error)) return error;
  // The driver's own errors: the connection broke, or no answer came in time.
  const ofSystem = 'code' in error && /^E(?!RR_)/.test(String(error.code));
  return ofSystem || /connection|timeout/i.test(error.message) ? new StoreUnavailable(messageOf(error)) : error;
}
