// The canonical form of a transaction (PSD2 RTS, article 5: dynamic linking). Its length precedes
// each field, so that no two transactions have the same form ("1|23" is not "12|3").
import type { Transaction } from '../../../boundary/commands.ts';

export const TRANSACTION_LABEL = 'ramz/transaction/v1';

const encoder = new TextEncoder();

/** Returns the bytes that are hashed to make the challenge. */
export function transactionBytes({ type, amount, currency, payee }: Transaction): Uint8Array {
  const label = encoder.encode(TRANSACTION_LABEL);
  const fields = [type, amount, currency, payee].map((field) => encoder.encode(field));
  const bytes = new Uint8Array(fields.reduce((length, field) => length + 2 + field.length, label.length));
  const view = new DataView(bytes.buffer);
  bytes.set(label);
  let at = label.length;
  for (const field of fields) {
    view.setUint16(at, field.length);
    bytes.set(field, at + 2);
    at += 2 + field.length;
  }
  return bytes;
}
