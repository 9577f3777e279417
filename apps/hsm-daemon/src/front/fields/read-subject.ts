import type { Purpose } from '@ramz/audit-log';
import type { BankProfile } from '@ramz/bank-profile';
import { MalformedRequest } from '../errors/front-errors.ts';
import { readCardNumber } from './read-card-number.ts';
import { readDigits } from './read-digits.ts';

/** Numbers that banks give their customers. */
const CUSTOMER_DIGITS_MIN = 4;
const CUSTOMER_DIGITS_MAX = 20;

/** Whose codes they are: of the two fields the one that this purpose is of. @throws MalformedRequest */
export function readSubject(
  at: string,
  { cardNumber, customerNumber }: { readonly cardNumber: string; readonly customerNumber: string },
  purpose: Purpose,
  { purposes }: BankProfile,
): string {
  if (purposes[purpose]?.subject === 'customer') {
    if (cardNumber !== '') throw new MalformedRequest(`${at}card_number`, `must be empty: ${purpose} is of a customer`);
    return `customer/${readCustomerNumber(`${at}customer_number`, customerNumber)}`;
  }
  if (customerNumber !== '')
    throw new MalformedRequest(`${at}customer_number`, `must be empty: ${purpose} is of a card`);
  return `card/${readCardNumber(`${at}card_number`, cardNumber)}`;
}

function readCustomerNumber(field: string, text: string): string {
  if (text.length < CUSTOMER_DIGITS_MIN || text.length > CUSTOMER_DIGITS_MAX) {
    throw new MalformedRequest(field, `must be ${CUSTOMER_DIGITS_MIN} to ${CUSTOMER_DIGITS_MAX} digits`);
  }
  return readDigits(field, text, text.length);
}
