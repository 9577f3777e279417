// The format of an export: text, one line per entry, so that any part can be read, cut and sent.
//   ramz-audit-export/v1
//   key <audit key, hexadecimal>
//   e <index> <hash of the entry, hexadecimal> <entry, base64>
//   c <checkpoint note, base64>                    after the last entry that it covers
import { hexOf } from '@ramz/custody';

export const EXPORT_VERSION = 'ramz-audit-export/v1';

export function entryLine(index: number, hash: Uint8Array, entry: Uint8Array): string {
  return `e ${index} ${hexOf(hash)} ${Buffer.from(entry).toString('base64')}\n`;
}

export function checkpointLine(note: string): string {
  return `c ${Buffer.from(note).toString('base64')}\n`;
}
