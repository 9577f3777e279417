import { decodeEntry, type Entry, entriesOfRow } from '@ramz/audit-log';
import { LogBroken } from './store-errors.ts';

/**
 * Returns the entries of a stored row.
 * @param first index of the first entry
 * @throws LogBroken
 */
export function unpackEntries(row: Uint8Array, first: number): Uint8Array[] {
  return readable(() => entriesOfRow(row), first);
}

/** @throws LogBroken that names the entry */
export function readEntry(bytes: Uint8Array, index: number): Entry {
  return readable(() => decodeEntry(bytes), index);
}

/** @throws LogBroken that names the entry */
export function readable<T>(read: () => T, index: number): T {
  try {
    return read();
  } catch (error) {
    throw new LogBroken(index, error instanceof Error ? error.message : String(error));
  }
}
