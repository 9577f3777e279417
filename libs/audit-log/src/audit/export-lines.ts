import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const CHUNK_BYTES = 1 << 20;
/** Longer than the longest entry in base64. */
const LINE_CHARS_MAX = 100_000;

/**
 * Yields the entries of an export, the leaves of its tree. Check the export first: nothing is
 * checked here.
 */
export function* exportedEntries(path: string): Iterable<Uint8Array> {
  for (const line of linesOf(path, () => {})) {
    if (line.startsWith('e ')) yield Buffer.from(line.split(' ')[3] ?? '', 'base64');
  }
}

export function* linesOf(path: string, progress: (done: number, of: number) => void): Iterable<string> {
  const file = openSync(path, 'r');
  const total = fstatSync(file).size;
  const chunk = Buffer.alloc(CHUNK_BYTES);
  let rest = '';
  let done = 0;
  try {
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      const lines = (rest + chunk.toString('latin1', 0, read)).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LINE_CHARS_MAX) throw new Error('a line of the export is too long to be an entry');
      yield* lines;
      progress((done += read), total);
    }
    if (rest !== '') yield rest;
  } finally {
    closeSync(file);
  }
}
