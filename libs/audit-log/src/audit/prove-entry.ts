import { sameBytes } from '@ramz/custody';
import { decodeEntry } from '../entries/entry-codec.ts';
import { checkedCheckpoint } from '../tree/checked-checkpoint.ts';
import { leafHash } from '../tree/merkle-tree.ts';
import { rootFromInclusion } from '../tree/proofs.ts';
import { assertKeyText, isKey } from './known-key.ts';
import type { LogReader } from './log-reader.ts';
import { readable } from './show-entries.ts';

/**
 * Fetches an entry, a checkpoint and the path between them, and checks all three.
 * @throws what the reader throws, Error
 */
export async function proveEntry(
  log: LogReader,
  index: number,
  key?: string,
): Promise<{ value: object; lines: string[]; exitCode?: number }> {
  const { note, publicKey } = await log.checkpoint();
  const auditKey = Uint8Array.from(publicKey);
  if (key !== undefined) assertKeyText(key);
  if (key !== undefined && !isKey(auditKey, key)) throw new Error('the daemon shows another audit key than yours');
  const checkpoint = await checkedCheckpoint(note, auditKey);
  const { entries } = await log.entries(index, 1);
  const [entry] = entries;
  if (entry === undefined) throw new Error(`there is no entry ${index}`);
  const { hashes } = await log.inclusionProof(index, checkpoint.size);
  const path = hashes.map((hash) => Uint8Array.from(hash));
  const root = rootFromInclusion(leafHash(entry), index, checkpoint.size, path);
  const proved = root !== undefined && sameBytes(root, checkpoint.root);
  const shown = readable(index, decodeEntry(entry));
  return {
    value: {
      proved,
      index,
      size: checkpoint.size,
      entry: entry.toString('base64'),
      path: hashes.map((hash) => hash.toString('hex')),
      note,
    },
    lines: [
      shown,
      proved
        ? `it is in the log of ${checkpoint.size} entries that the audit key signed`
        : 'FAULT: it is not in the log that the audit key signed',
    ],
    ...(!proved && { exitCode: 1 }),
  };
}
