import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type EventKind, SEEN } from '../../domain/events/events.ts';
import type { CeremonyAt, LoggedEvent } from '../ledger.ts';

/** The tables beside the log: where it has ceremonies and events, and its checkpoints. */
export class SqliteSideTables {
  readonly #db: DatabaseSync;
  readonly #putCeremony: StatementSync;
  readonly #putEvent: StatementSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#putCeremony = db.prepare('INSERT INTO ceremony VALUES (?, ?)');
    this.#putEvent = db.prepare('INSERT INTO event VALUES (?, ?)');
  }

  /** Writes inside the caller's transaction. */
  put(ceremonies: readonly CeremonyAt[], events: readonly LoggedEvent[]): void {
    for (const { id, logIndex } of ceremonies) this.#putCeremony.run(logIndex, id);
    for (const { logIndex, kind } of events) this.#putEvent.run(logIndex, kind);
  }

  events(first: number, count: number, kinds: readonly EventKind[] = SEEN): LoggedEvent[] {
    const places = kinds.map(() => '?').join(', ');
    const query = `SELECT * FROM event WHERE log_index >= ? AND kind IN (${places}) ORDER BY log_index LIMIT ?`;
    return this.#db
      .prepare(query)
      .all(first, ...kinds, count)
      .map(eventOfRow);
  }

  latestEvent(kinds: readonly EventKind[]): LoggedEvent | undefined {
    const places = kinds.map(() => '?').join(', ');
    const query = `SELECT * FROM event WHERE kind IN (${places}) ORDER BY log_index DESC LIMIT 1`;
    const row = this.#db.prepare(query).get(...kinds);
    return row && eventOfRow(row);
  }

  ceremonyEntries(id: string): number[] {
    const rows = this.#db.prepare('SELECT log_index FROM ceremony WHERE id = ? ORDER BY log_index').all(id);
    return rows.map((row) => Number(row['log_index']));
  }

  latestCeremony(): string | undefined {
    const row = this.#db.prepare('SELECT id FROM ceremony ORDER BY log_index DESC LIMIT 1').get();
    return row === undefined ? undefined : String(row['id']);
  }

  putCheckpoint(size: number, note: string): void {
    this.#db.prepare('INSERT OR IGNORE INTO checkpoint VALUES (?, ?)').run(size, note);
  }

  checkpoints(count: number): string[] {
    const rows = this.#db.prepare('SELECT note FROM checkpoint ORDER BY size DESC LIMIT ?').all(count);
    return rows.map((row) => String(row['note'])).toReversed();
  }
}

function eventOfRow(row: Readonly<Record<string, unknown>>): LoggedEvent {
  return { logIndex: Number(row['log_index']), kind: String(row['kind']) as EventKind };
}
