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

/** @throws MalformedRequest for a purpose that is missing, unknown or not one of this bank's */
export function readPurpose(field: string, wire: WirePurpose, { purposeNames }: BankProfile): Purpose {
  const purpose = PURPOSE_OF[wire];
  if (purpose !== undefined && purposeNames.includes(purpose)) return purpose;
  const wanted = Object.entries(PURPOSE_OF).flatMap(([name, one]) => (purposeNames.includes(one) ? [name] : []));
  throw new MalformedRequest(field, `must be ${wanted.join(' or ')}`);
}
