import type { WireVerifySignatureRequest } from '@ramz/proto';
import type { Transaction } from '../../boundary/commands.ts';
import { PAYEE_CHARS_MAX } from '../../boundary/limits.ts';
import { MalformedRequest } from '../errors/front-errors.ts';
import { canonicalPayee } from './canonical-payee.ts';

/**
 * Reads a transaction, which is bound letter by letter: `1.0` and `1.00` are two amounts, and the
 * code must be made from the same text. Only a payee has several spellings that look the same: it
 * is bound in its canonical form.
 * @throws MalformedRequest
 */
export function readTransaction(wire: WireVerifySignatureRequest['transaction']): Transaction {
  if (wire === null) throw new MalformedRequest('transaction', 'is missing');
  const { type, amount, currency, payee } = wire;
  assert('type', /^[a-z0-9-]{1,32}$/.test(type), 'must be 1 to 32 small letters, digits and dashes');
  const isAmount = amount.length <= 24 && /^(0|[1-9][0-9]*)(\.[0-9]+)?$/.test(amount);
  assert('amount', isAmount, 'must be decimal digits, at most 24 characters, without separators and leading zeros');
  assert('currency', /^[A-Z]{3}$/.test(currency), 'must be three capital letters (ISO 4217)');
  const canonical = canonicalPayee(payee) ?? '';
  // Not `length`, which counts some characters twice.
  const { length } = Array.from(canonical);
  const isPayee = length >= 1 && length <= PAYEE_CHARS_MAX;
  assert('payee', isPayee, `must be 1 to ${PAYEE_CHARS_MAX} characters, one of them visible, and no control`);
  return { type, amount, currency, payee: canonical };
}

function assert(field: string, right: boolean, description: string): asserts right {
  if (!right) throw new MalformedRequest(`transaction.${field}`, description);
}
