import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import { readNote } from '../tree/checkpoint.ts';
import { leafHash } from '../tree/merkle-tree.ts';
import { checkpointLine, EXPORT_VERSION, entryLine } from './export-format.ts';
import type { LogReader } from './log-reader.ts';

const PAGE = 1_000;

/**
 * Writes the log up to a fresh checkpoint, or up to the last one while nothing can be signed. Then
 * the last `behind` entries are not in it. The file gets its name only when it is complete.
 */
export async function exportLog(
  log: LogReader,
  path: string,
  progress: (done: number, of: number) => void,
): Promise<{ entries: number; checkpoints: number; behind: number }> {
  const { note, former, publicKey } = await log.checkpoint();
  const notes = new Map([...former, note].map((one) => [readNote(one)?.checkpoint.size ?? -1, one]));
  const size = readNote(note)?.checkpoint.size ?? 0;
  const file = openSync(`${path}.part`, 'w', 0o600);
  try {
    writeSync(file, `${EXPORT_VERSION}\nkey ${publicKey.toString('hex')}\n`);
    for (let first = 0; first < size; ) {
      const { entries } = await log.entries(first, Math.min(PAGE, size - first));
      writeSync(file, linesOfPage(first, entries, notes));
      first += entries.length;
      progress(first, size);
      // An empty page would be requested again forever.
      if (entries.length === 0) throw new Error(`the daemon has no entry ${first}, though its checkpoint covers it`);
    }
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.part`, path);
  const { logSize } = await log.entries(size, 1);
  return {
    entries: size,
    checkpoints: [...notes.keys()].filter((at) => at > 0).length,
    behind: Number(logSize) - size,
  };
}

function linesOfPage(first: number, entries: readonly Uint8Array[], notes: ReadonlyMap<number, string>): string {
  return entries.map((entry, i) => linesOf(first + i, entry, notes)).join('');
}

function linesOf(index: number, entry: Uint8Array, notes: ReadonlyMap<number, string>): string {
  const note = notes.get(index + 1);
  return entryLine(index, leafHash(entry), entry) + (note === undefined ? '' : checkpointLine(note));
}
