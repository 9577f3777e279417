import { PURPOSES, VERDICT_REASONS } from '@ramz/audit-log';
import { activeIn, type Standing } from '../../domain/enrolment/standing.ts';
import { writeFile } from '../file-text.ts';
import { type Change, REQUESTS_KEPT_MS } from '../ledger.ts';
import { writeStoredKeys } from '../stored-keys.ts';
import type { Tile } from '../tile-tree.ts';
import type { DecoyRow, Decoys } from './decoys.ts';
import type { PostgresPlace } from './loaded.ts';
import type { PostgresFile, PostgresNumber } from './register.ts';

/** A standing to write. `version` is that of the row that it replaces. */
export interface WrittenStanding {
  readonly subject: string;
  readonly purpose: number;
  readonly version: number;
  readonly standing: Standing;
}

export interface WrittenRequest {
  readonly requestKey: string;
  readonly requestDigest: string;
  readonly reason: number;
  readonly logIndex: number;
}

/** A file to write. `version` is that of the row that it replaces. */
export interface WrittenFile {
  readonly subject: string;
  readonly version: number;
  readonly issuedUnder: string | null;
  readonly state: string;
}

/** What a batch writes of the register. Mostly nothing. */
export interface RegisterRows {
  readonly files: readonly WrittenFile[];
  readonly newFiles: readonly WrittenFile[];
  readonly numbers: readonly PostgresNumber[];
  readonly newNumbers: readonly PostgresNumber[];
}

/** Everything that one batch writes. */
export interface CommitRows {
  readonly logId: string;
  readonly firstIndex: number;
  readonly count: number;
  readonly atMs: number;
  /** A request made at this time or earlier gives up its key. */
  readonly requestsSinceMs: number;
  readonly entries: Uint8Array;
  readonly changed: readonly WrittenStanding[];
  readonly made: readonly WrittenStanding[];
  readonly rehearsed: readonly DecoyRow[];
  readonly requests: readonly WrittenRequest[];
  readonly tiles: readonly Tile[];
  readonly ceremonies: readonly { readonly logIndex: number; readonly id: string }[];
  readonly events: readonly { readonly logIndex: number; readonly kind: string }[];
  readonly register: RegisterRows;
  readonly activeMore: number;
  /** Version of the keys that the batch was decided with. They may have been replaced meanwhile. */
  readonly keysVersion: number;
  /** The new keys; undefined when they stay. */
  readonly keys: string | undefined;
}

/** Where a batch is appended, and what it was decided on. */
export interface CommitPlace {
  readonly logId: string;
  readonly firstIndex: number;
  readonly keysVersion: number;
  readonly decoys: Decoys;
}

/**
 * @param written the places that the change writes
 * @param tiles tiles that its entries fill
 */
export function rowsOf(
  change: Change,
  written: readonly PostgresPlace[],
  tiles: readonly Tile[],
  { logId, firstIndex, keysVersion, decoys }: CommitPlace,
): CommitRows {
  const { atMs, row, events, ceremonies, names, answered, keys } = change;
  const known = new Set(written.filter(({ version }) => version > 0).map(({ subject, purpose }) => subject + purpose));
  const standings = written.map(writtenStanding);
  return {
    logId,
    firstIndex,
    count: row.count,
    atMs,
    requestsSinceMs: atMs - REQUESTS_KEPT_MS,
    entries: row.bytes,
    changed: standings.filter(({ version }) => version > 0),
    made: standings.filter(({ version }) => version === 0),
    rehearsed: change.rehearsed
      .filter(({ subject, purpose }) => !known.has(subject + purpose))
      .map((standing) => decoys.rowFor(standing)),
    requests: answered.map(({ request, logIndex, reason }) => ({
      requestKey: names.keyOf(request),
      requestDigest: names.digestOf(request),
      reason: VERDICT_REASONS.indexOf(reason),
      logIndex,
    })),
    tiles,
    ceremonies,
    events,
    register: registerOf(change),
    activeMore: written.reduce((sum, { standing, active }) => sum + activeIn(standing as Standing) - active, 0),
    keysVersion,
    keys: keys && writeStoredKeys(keys),
  };
}

function writtenStanding({ subject, purpose, version, standing }: PostgresPlace): WrittenStanding {
  return { subject, purpose: PURPOSES.indexOf(purpose), version, standing: standing as Standing };
}

/** The same order in all daemons, so that two cannot deadlock. */
function registerOf({ files, numbers }: Change): RegisterRows {
  const written = [...(files as Iterable<PostgresFile>)]
    .map(writtenFile)
    .toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
  const touched = [...(numbers as Iterable<PostgresNumber>)].toSorted((a, b) => (a.number < b.number ? -1 : 1));
  return {
    files: written.filter(({ version }) => version > 0),
    newFiles: written.filter(({ version }) => version === 0),
    numbers: touched.filter(({ version }) => version > 0),
    newNumbers: touched.filter(({ version }) => version === 0),
  };
}

function writtenFile({ subject, version, file }: PostgresFile): WrittenFile {
  if (file === undefined) throw new Error('a changed file is missing');
  return { subject, version, issuedUnder: file.issuedUnder === '' ? null : file.issuedUnder, state: writeFile(file) };
}
