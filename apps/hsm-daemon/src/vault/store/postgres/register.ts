import { PURPOSES } from '@ramz/audit-log';
import type { StandingName } from '../../domain/enrolment/standing.ts';
import { SUBJECTS_A_NUMBER_MAX } from '../../domain/register/subject-file.ts';
import { readFile } from '../file-text.ts';
import type { Change, FilePlace, NumberPlace, RegisterRequest } from '../ledger.ts';
import { RowBroken } from '../store-errors.ts';
import type { Sessions } from './sessions.ts';

/** A file with the version of its row; 0 when there is none. */
export interface PostgresFile extends FilePlace {
  readonly version: number;
}

export interface PostgresNumber extends NumberPlace {
  readonly version: number;
}

interface FileRow {
  readonly subject: string;
  readonly version: string;
  readonly state: string;
}

const COLUMNS = "replace(subject::text, '-', '') AS subject, version, state";

/** The files and numbers that a batch is decided on: loaded for it, and no others. */
export class LoadedRegister {
  #files = new Map<string, PostgresFile>();
  #under = new Map<string, readonly PostgresFile[]>();
  #numbers = new Map<string, number>();

  clear(): void {
    this.#files.clear();
    this.#under.clear();
    this.#numbers.clear();
  }

  /**
   * Returns the places of all subjects whose files it loaded. Load them after this: a standing that
   * is older than its file could miss what another daemon did to both.
   * @throws StoreUnavailable
   */
  async load(sessions: Sessions, { subjects, withNumbers }: RegisterRequest): Promise<readonly StandingName[]> {
    const text = `SELECT ${COLUMNS} FROM file WHERE subject = ANY($1::uuid[])`;
    const rows = await sessions.query<FileRow>({ name: 'ramz-files', text, values: [subjects] });
    const files = rows.map(fileOfRow);
    for (const one of files) this.#files.set(one.subject, one);
    const numbers = [...new Set(files.map(({ file }) => file?.registered ?? ''))].filter((number) => number !== '');
    // Before the files under them: what is added in between changes the version.
    // Also when there is none: the time of an act must not show whether a card is known.
    await this.#loadNumbers(sessions, numbers);
    const others = withNumbers ? await this.#loadUnder(sessions, numbers) : [];
    return [...subjects, ...others].flatMap((subject) => PURPOSES.map((purpose) => ({ subject, purpose })));
  }

  filePlace(subject: string): PostgresFile {
    return this.#files.get(subject) ?? { subject, file: undefined, broken: undefined, version: 0 };
  }

  filesUnder(number: string): readonly PostgresFile[] {
    return this.#under.get(number) ?? [];
  }

  numberPlace(number: string): PostgresNumber {
    return { number, version: this.#numbers.get(number) ?? 0 };
  }

  /** Updates the rows to what a load right after the change would return. */
  take({ files, numbers }: Pick<Change, 'files' | 'numbers'>): void {
    for (const { subject, file, version } of files as Iterable<PostgresFile>) {
      this.#files.set(subject, { subject, file, broken: undefined, version: version + 1 });
    }
    for (const { number, version } of numbers as Iterable<PostgresNumber>) this.#numbers.set(number, version + 1);
  }

  async #loadNumbers(sessions: Sessions, numbers: readonly string[]): Promise<void> {
    const text = "SELECT replace(hash::text, '-', '') AS hash, version FROM number WHERE hash = ANY($1::uuid[])";
    const rows = await sessions.query<{ hash: string; version: string }>({
      name: 'ramz-numbers',
      text,
      values: [numbers],
    });
    for (const { hash, version } of rows) this.#numbers.set(hash, Number(version));
  }

  /** Returns the subjects. */
  async #loadUnder(sessions: Sessions, numbers: readonly string[]): Promise<readonly string[]> {
    const text = `SELECT ${COLUMNS} FROM file WHERE issued_under = $1::uuid ORDER BY subject LIMIT $2`;
    const subjects: string[] = [];
    for (const number of numbers) {
      const values = [number, SUBJECTS_A_NUMBER_MAX + 1];
      const rows = await sessions.query<FileRow>({ name: 'ramz-files-under', text, values });
      const files = rows.map(fileOfRow);
      for (const one of files) this.#files.set(one.subject, one);
      this.#under.set(number, files);
      subjects.push(...files.map(({ subject }) => subject));
    }
    return subjects;
  }
}

function fileOfRow({ subject, version, state }: FileRow): PostgresFile {
  const row = { subject, version: Number(version) };
  try {
    return { ...row, file: readFile(subject, state), broken: undefined };
  } catch (error) {
    if (!(error instanceof RowBroken)) throw error;
    return { ...row, file: undefined, broken: error };
  }
}
