import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { SUBJECTS_A_NUMBER_MAX, type SubjectFile } from '../../domain/register/subject-file.ts';
import { readFile, writeFile } from '../file-text.ts';
import type { FilePlace, NumberPlace } from '../ledger.ts';
import { RowBroken } from '../store-errors.ts';

/**
 * The files of subjects. They are read when an act needs them, and written with the log: ten
 * million of them need no memory.
 */
export class SqliteRegister {
  readonly #one: StatementSync;
  readonly #under: StatementSync;
  readonly #put: StatementSync;
  readonly #putNumber: StatementSync;

  constructor(db: DatabaseSync) {
    this.#one = db.prepare('SELECT subject, state FROM file WHERE subject = ?');
    this.#under = db.prepare('SELECT subject, state FROM file WHERE issued_under = ? ORDER BY subject LIMIT ?');
    this.#put = db.prepare('INSERT OR REPLACE INTO file VALUES (?, ?, ?)');
    this.#putNumber = db.prepare('INSERT INTO number VALUES (?, 1) ON CONFLICT DO UPDATE SET version = version + 1');
  }

  filePlace(subject: string): FilePlace {
    const row = this.#one.get(subject);
    return row === undefined ? { subject, file: undefined, broken: undefined } : placeOfRow(row);
  }

  filesUnder(number: string): FilePlace[] {
    return this.#under.all(number, SUBJECTS_A_NUMBER_MAX + 1).map(placeOfRow);
  }

  /** Writes inside the caller's transaction. */
  put(files: Iterable<FilePlace>, numbers: Iterable<NumberPlace>): void {
    for (const { file } of files) if (file !== undefined) this.#putFile(file);
    for (const { number } of numbers) this.#putNumber.run(number);
  }

  #putFile(file: SubjectFile): void {
    this.#put.run(file.subject, file.issuedUnder === '' ? null : file.issuedUnder, writeFile(file));
  }
}

function placeOfRow(row: Readonly<Record<string, unknown>>): FilePlace {
  const subject = String(row['subject']);
  try {
    return { subject, file: readFile(subject, String(row['state'])), broken: undefined };
  } catch (error) {
    if (!(error instanceof RowBroken)) throw error;
    return { subject, file: undefined, broken: error };
  }
}
