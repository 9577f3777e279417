import type { Purpose } from '@ramz/audit-log';
import type { BankProfile } from '@ramz/bank-profile';
import type { WirePurpose } from '@ramz/proto';
import { MalformedRequest } from '../errors/front-errors.ts';

const PURPOSE_OF: Readonly<Partial<Record<WirePurpose, Purpose>>> = {
  PURPOSE_FIRST_PIN: 'first-pin',
  PURPOSE_SECOND_PIN: 'second-pin',
  PURPOSE_CHANNEL_LOGIN: 'channel-login',
  PURPOSE_TRANSACTION_SIGNATURE: 'transaction-signature',
};

/**
 * @param isTaken which of the bank's purposes this call takes: only these are suggested
 * @throws MalformedRequest for a purpose that is missing, unknown or not one of this bank's
 */
export function readPurpose(
  field: string,
  wire: WirePurpose,
  { purposeNames }: BankProfile,
  isTaken: (purpose: Purpose) => boolean = () => true,
): Purpose {
  const purpose = PURPOSE_OF[wire];
  if (purpose !== undefined && purposeNames.includes(purpose)) return purpose;
  const wanted = Object.entries(PURPOSE_OF).flatMap(([name, one]) =>
    purposeNames.includes(one) && isTaken(one) ? [name] : [],
  );
  throw new MalformedRequest(
    field,
    wanted.length === 0 ? 'has no value that this bank has' : `must be ${wanted.join(' or ')}`,
  );
}

/** Signatures are verified with their transaction, by another call. */
export function isPlain(purpose: Purpose): boolean {
  return purpose !== 'transaction-signature';
}
