import { decodeEntry, type Entry } from '@ramz/audit-log';
import { LogBroken } from './store-errors.ts';

// A batch of entries as one value: (length u16 | bytes)*. One row a batch is what makes an append cost a microsecond.

export function packEntries(entries: readonly Uint8Array[]): Uint8Array {
  const packed = Buffer.allocUnsafe(entries.reduce((total, entry) => total + 2 + entry.length, 0));
  let at = 0;
  for (const entry of entries) {
    packed.writeUInt16BE(entry.length, at);
    packed.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return packed;
}

/** @param first index of the first of them. @throws LogBroken */
export function unpackEntries(packed: Uint8Array, first: number): Uint8Array[] {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const entries: Uint8Array[] = [];
  for (let at = 0; at < packed.length; ) {
    const end = at + 2 <= packed.length ? at + 2 + view.getUint16(at) : Number.POSITIVE_INFINITY;
    if (end > packed.length) throw new LogBroken(first + entries.length, 'its bytes end early');
    entries.push(packed.subarray(at + 2, end));
    at = end;
  }
  return entries;
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
