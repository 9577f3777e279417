import { hexOf, snakeKeys } from '@ramz/custody';
import type { Entry } from '../entries/entry.ts';
import { decodeEntry } from '../entries/entry-codec.ts';
import type { LogReader } from './log-reader.ts';

/**
 * Returns a page of the log as lines.
 * @throws what the reader throws
 */
export async function showEntries(
  log: LogReader,
  first: number,
  count: number,
): Promise<{ value: object; lines: string[] }> {
  const { entries, logSize } = await log.entries(first, count);
  const read = entries.map((bytes, i) => ({ index: first + i, entry: decodeEntry(bytes) }));
  return {
    value: { log_size: Number(logSize), entries: read.map(({ index, entry }) => ({ index, ...plain(entry) })) },
    lines: [
      ...read.map(({ index, entry }) => readable(index, entry)),
      ...(first + read.length < Number(logSize)
        ? [`${logSize} entries in all: the next begin at ${first + read.length}`]
        : []),
    ],
  };
}

export function readable(index: number, entry: Entry): string {
  const { kind, at_ms: atMs, ...rest } = plain(entry);
  const fields = Object.entries(rest).flatMap(([name, value]) =>
    value === '' || value === undefined ? [] : [`${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`],
  );
  return `${String(index).padStart(7)}  ${new Date(atMs).toISOString()}  ${kind.padEnd(9)} ${fields.join(' ')}`;
}

/** An entry with the names that documents use. */
type PlainEntry = { readonly kind: string; readonly at_ms: number } & Record<string, unknown>;

/** Returns an entry with signed statements as text, and other bytes in hexadecimal. */
function plain(entry: Entry): PlainEntry {
  if (entry.kind === 'life-cycle') {
    return snakeKeys({ ...entry, reference: hexOf(entry.reference) }) as PlainEntry;
  }
  if (entry.kind !== 'ceremony') return snakeKeys(entry) as PlainEntry;
  const { statement, signature, ...rest } = entry;
  const plainRest = snakeKeys(rest) as PlainEntry;
  return { ...plainRest, statement: Buffer.from(statement).toString(), signature: hexOf(signature) };
}
