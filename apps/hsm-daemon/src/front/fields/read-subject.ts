import type { Purpose } from '@ramz/audit-log';
import type { BankProfile } from '@ramz/bank-profile';
import { MalformedRequest } from '../errors/front-errors.ts';
import { readCardNumber } from './read-card-number.ts';
import { readDigits } from './read-digits.ts';

/** Lengths of the numbers that banks give their customers. */
const CUSTOMER_DIGITS_MIN = 4;
const CUSTOMER_DIGITS_MAX = 20;

/**
 * Reads the subject of a code from the one of two fields that the purpose requires.
 * @throws MalformedRequest
 */
export function readSubject(
  at: string,
  { cardNumber, customerNumber }: { readonly cardNumber: string; readonly customerNumber: string },
  purpose: Purpose,
  { purposes }: BankProfile,
): string {
  if (purposes[purpose]?.subject === 'customer') {
    if (cardNumber !== '')
      throw new MalformedRequest(`${at}card_number`, `must be empty: ${purpose} is for a customer`);
    return `customer/${readCustomerNumber(`${at}customer_number`, customerNumber)}`;
  }
  if (customerNumber !== '')
    throw new MalformedRequest(`${at}customer_number`, `must be empty: ${purpose} is for a card`);
  return `card/${readCardNumber(`${at}card_number`, cardNumber)}`;
}

/**
 * Reads the subject of an act: a card or a customer, exactly one of the two.
 * @throws MalformedRequest
 */
export function readCardOrCustomer({
  cardNumber,
  customerNumber,
}: {
  readonly cardNumber: string;
  readonly customerNumber: string;
}): string {
  if ((cardNumber === '') === (customerNumber === ''))
    throw new MalformedRequest('card_number', 'give a card number or a customer number');
  if (cardNumber === '') return `customer/${readCustomerNumber('customer_number', customerNumber)}`;
  return `card/${readCardNumber('card_number', cardNumber)}`;
}

function readCustomerNumber(field: string, text: string): string {
  if (text.length < CUSTOMER_DIGITS_MIN || text.length > CUSTOMER_DIGITS_MAX) {
    throw new MalformedRequest(field, `must be ${CUSTOMER_DIGITS_MIN} to ${CUSTOMER_DIGITS_MAX} digits`);
  }
  return readDigits(field, text, text.length);
}
