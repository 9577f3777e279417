import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { bytesOfHex } from '@ramz/custody';
import { checkedCheckpoint } from '../tree/checked-checkpoint.ts';
import { type Checkpoint, readNote } from '../tree/checkpoint.ts';
import { consistencyHolds } from '../tree/proofs.ts';
import type { LogReader } from './log-reader.ts';

/** The result of a witness's check. */
export interface Witnessed {
  readonly size: number;
  readonly formerSize: number;
  /** Why the log is not the one seen before; undefined when it is. */
  readonly alarm?: string;
}

/**
 * Keeps the newest checkpoint in the witness's own file, together with the key of the first one.
 * Each later checkpoint must be signed by that key and continue from the last.
 * @throws what the reader throws, Error
 */
export async function witness(log: LogReader, path: string): Promise<Witnessed> {
  const { note, publicKey } = await log.checkpoint();
  const kept = readKept(path) ?? { key: publicKey.toString('hex'), notes: [] };
  const auditKey = bytesOfHex(kept.key);
  const last = kept.notes.at(-1);
  const former = last === undefined ? undefined : await checkedCheckpoint(last, auditKey);
  const formerSize = former?.size ?? 0;
  const now = await checkedCheckpoint(note, auditKey, former?.origin).catch((error: Error) => error.message);
  if (typeof now === 'string') return { size: 0, formerSize, alarm: now };
  const alarm = former === undefined ? undefined : await whyNotFrom(log, former, now);
  if (alarm !== undefined) return { size: now.size, formerSize, alarm };
  if (now.size > formerSize) keep(path, last === undefined ? kept.key : undefined, note);
  return { size: now.size, formerSize };
}

/** Returns why the log does not continue from the former one; undefined when it does. */
async function whyNotFrom(log: LogReader, former: Checkpoint, now: Checkpoint): Promise<string | undefined> {
  if (now.size < former.size) return `the log was cut: it has ${now.size} entries, and had ${former.size}`;
  const { hashes } = await log.consistencyProof(former.size, now.size);
  const path = hashes.map((hash) => Uint8Array.from(hash));
  if (consistencyHolds(former, now, path)) return undefined;
  return `a fork: the log of ${now.size} entries does not continue from the one of ${former.size} that was seen`;
}

function keep(path: string, key: string | undefined, note: string): void {
  const head = key === undefined ? '' : `${key}\n`;
  appendFileSync(path, `${head}${Buffer.from(note).toString('base64')}\n`, { mode: 0o600 });
}

/** Returns the checkpoints of a witness's file, by their size. */
export function keptCheckpoints(path: string): [number, string][] {
  const kept = readKept(path);
  if (kept === undefined) throw new Error(`${path} is missing: it must contain what a witness kept`);
  return kept.notes.map((note) => [readNote(note)?.checkpoint.size ?? 0, note]);
}

function readKept(path: string): { key: string; notes: string[] } | undefined {
  if (!existsSync(path)) return undefined;
  const [key = '', ...notes] = readFileSync(path, 'utf8').trimEnd().split('\n');
  return { key, notes: notes.map((note) => Buffer.from(note, 'base64').toString()) };
}
