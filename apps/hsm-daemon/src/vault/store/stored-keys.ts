import { withLaterRules } from '@ramz/custody';
import type { StoredKeys } from './ledger.ts';

// The keys of a store as one JSON value, which a ceremony replaces whole, in the transaction of its
// entries. Fields with these names hold bytes, in hexadecimal.
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
  // Older stores lack these.
  const { blocked_callers: blockedCallers = [], quorum } = keys;
  return { ...keys, blocked_callers: blockedCallers, quorum: quorum && withLaterRules(quorum) };
}
