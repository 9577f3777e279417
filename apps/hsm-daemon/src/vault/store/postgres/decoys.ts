import type { Standing } from '../../domain/enrolment/standing.ts';
import { Records } from '../records/records.ts';
import type { Sessions } from './sessions.ts';

/**
 * This many hexadecimal digits of the subject select the row: codes of unknown cards spread out
 * like those of known ones.
 */
const DIGITS = 3;
const ROWS = 16 ** DIGITS;

/** A standing that belongs to no subject. */
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

/** A row that is written and has no meaning. */
export interface DecoyRow {
  readonly number: number;
  readonly state: Uint8Array;
}

/**
 * Rows of this daemon that have the shape of standings and no meaning. For a subject without a
 * standing, one of them is read and written, so that the database takes as long for an unknown card
 * as for a wrong code (D-14). Each daemon has its own, or they would wait for each other.
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

  /** Returns the row to write. Also decodes it, in place of the loaded one, which is not read. */
  rowFor(standing: Standing): DecoyRow {
    const records = Records.of(standing);
    this.#latest = records.standingAt(0);
    return { number: this.numberFor(standing.subject), state: records.bytes };
  }

  /** Kept so that the compiler does not remove the work as dead code. */
  get latest(): Standing | undefined {
    return this.#latest;
  }
}
