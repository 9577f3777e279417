import { withLaterRules } from '@ramz/custody';
import type { StoredKeys } from './ledger.ts';

// The keys of a store as one JSON value: a ceremony replaces it whole, in the transaction of its entries.
// Bytes are written in hexadecimal, marked by the name of their field.
const BYTES = new Set(['wrapped', 'public_key', 'guarded_root', 'sealed_key']);

export function writeStoredKeys(keys: StoredKeys): string {
  return JSON.stringify(keys, (field, value: unknown) =>
    BYTES.has(field) ? Buffer.from(Object.values(value as Uint8Array)).toString('hex') : value,
  );
}

export function readStoredKeys(text: string | undefined): StoredKeys | undefined {
  if (text === undefined) return undefined;
  const keys = JSON.parse(text, (field, value: unknown) =>
    BYTES.has(field) ? Uint8Array.from(Buffer.from(String(value), 'hex')) : value,
  ) as Omit<StoredKeys, 'blocked_callers'> & Partial<Pick<StoredKeys, 'blocked_callers'>>;
  // What stores of before do not have.
  const { blocked_callers: blockedCallers = [], quorum } = keys;
  return { ...keys, blocked_callers: blockedCallers, quorum: quorum && withLaterRules(quorum) };
}
