import { CustodyError } from '@ramz/custody';
import { WrongWrappingKey } from '../../crypto/wrap-key.ts';
import { StatementRefused } from '../../domain/ceremony/refusal.ts';
import { Fault } from '../batch/fault.ts';
import { KcvDiffers } from './make-shares.ts';
import { RootKeeperFailed } from './take-effect.ts';

/**
 * Returns whether an error ends a ceremony while it is carried out, and leaves everything as it
 * was.
 */
export function endsCeremony(error: unknown): error is Error {
  const kinds = [KcvDiffers, WrongWrappingKey, RootKeeperFailed, CustodyError];
  return kinds.some((kind) => error instanceof kind);
}

/** @throws any error that is neither a refusal nor a fault */
export function asRefusal(error: unknown): Fault {
  if (error instanceof Fault) return error;
  if (error instanceof StatementRefused || error instanceof RangeError)
    return new Fault('statement-refused', error.message);
  if (error instanceof CustodyError) return new Fault('statement-refused', error.message);
  throw error;
}
