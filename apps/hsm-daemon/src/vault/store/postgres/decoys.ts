import type { Standing } from '../../domain/enrolment/standing.ts';
import { Records } from '../records/records.ts';
import type { Sessions } from './sessions.ts';

/** So many hexadecimal digits of the subject say which row: codes of unknown cards are as spread out as those of known ones. */
const DIGITS = 3;
const ROWS = 16 ** DIGITS;

/** A standing of no subject. */
const EMPTY: Standing = {
  subject: '0'.repeat(32),
  purpose: 'second-pin',
  status: 'active',
  generation: 1,
  wrongAtMs: [],
  wrongSinceAccepted: 0,
  enrolments: [{ id: '0'.repeat(32), generation: 1, epoch: 1, tokenSerial: '', floor: 0, observed: [] }],
  through: 0,
};

/** A row that is written and says nothing. */
export interface DecoyRow {
  readonly number: number;
  readonly state: Uint8Array;
}

/**
 * Rows of this daemon that are shaped as standings are and mean nothing. For a subject without a standing one of them is
 * read and written, so that the database refuses an unknown card in the time of a wrong code (D-14). Its own, or daemons
 * would wait for each other.
 */
export class Decoys {
  readonly logId: string;
  #latest: Standing | undefined;

  /** @throws StoreUnavailable */
  static async of(logId: string, sessions: Sessions): Promise<Decoys> {
    const text = 'INSERT INTO decoy SELECT $1::uuid, n, 1, $2 FROM generate_series(0, $3) AS n ON CONFLICT DO NOTHING';
    await sessions.query({ text, values: [logId, Records.of(EMPTY).bytes, ROWS - 1] });
    return new Decoys(logId);
  }

  private constructor(logId: string) {
    this.logId = logId;
  }

  numberFor(subject: string): number {
    return Number.parseInt(subject.slice(0, DIGITS), 16);
  }

  /** Takes the time of reading the row, too: what was loaded of it nobody looks at. */
  rowFor(standing: Standing): DecoyRow {
    const records = Records.of(standing);
    this.#latest = records.standingAt(0);
    return { number: this.numberFor(standing.subject), state: records.bytes };
  }

  /** Kept, so that the compiler does not find the work useless and leave it out. */
  get latest(): Standing | undefined {
    return this.#latest;
  }
}
