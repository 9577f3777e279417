import type { WirePutSubjectRequest } from '@ramz/proto';
import type { PutSubjectCommand } from '../../boundary/life-cycle-commands.ts';
import { ACCOUNTS_MAX, HOLDERS_MAX, REFERENCE_CHARS_MAX } from '../../boundary/limits.ts';
import type { Caller } from '../access/caller.ts';
import { MalformedRequest } from '../errors/front-errors.ts';
import { readMobileNumber } from '../fields/read-mobile.ts';
import { readNationalId } from '../fields/read-national-id.ts';
import { readName } from '../fields/read-value.ts';
import { readAsked } from './act.mapper.ts';

/** As many digits in a row as a card or account number may have. */
const NUMBER = /[0-9]{12}/;

/** @throws MalformedRequest */
export function readPut(wire: WirePutSubjectRequest, caller: Caller): PutSubjectCommand {
  if (wire.accounts.length > ACCOUNTS_MAX) throw new MalformedRequest('accounts', `must be at most ${ACCOUNTS_MAX}`);
  return {
    kind: 'put-subject',
    ...readAsked(wire, caller),
    reference: wire.reference === '' ? '' : readReference(wire.reference),
    mobileNumber: wire.mobileNumber === '' ? '' : readMobileNumber('mobile_number', wire.mobileNumber),
    accounts: wire.accounts.map(({ accountReference, holders }, i) => ({
      accountReference: readAccount(`accounts[${i}].account_reference`, accountReference),
      holders: readHolders(`accounts[${i}].holders`, holders),
    })),
  };
}

/** @throws MalformedRequest */
export function readAccount(field: string, text: string): string {
  return readName(field, text, REFERENCE_CHARS_MAX);
}

/** @throws MalformedRequest */
export function readHolders(field: string, ids: readonly string[]): string[] {
  if (ids.length > HOLDERS_MAX) throw new MalformedRequest(field, `must be at most ${HOLDERS_MAX}`);
  return ids.map((id, i) => readNationalId(`${field}[${i}]`, id));
}

function readReference(text: string): string {
  const reference = readName('reference', text, REFERENCE_CHARS_MAX);
  if (!NUMBER.test(reference)) return reference;
  throw new MalformedRequest('reference', 'must not have twelve digits in a row: it could be a card number');
}
