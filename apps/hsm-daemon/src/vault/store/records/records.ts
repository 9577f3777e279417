import { hexWordAt, PURPOSES, type Purpose } from '@ramz/audit-log';
import { WRONG_TRIES_KEPT } from '@ramz/bank-profile';
import { type Enrolment, type Observation, RESPONSES_A_STEP_MAX } from '../../domain/enrolment/enrolment.ts';
import { placeOf, type Standing } from '../../domain/enrolment/standing.ts';
import { RowBroken } from '../store-errors.ts';
import { HEAD, ID_BYTES, KIND, OBSERVATION_BYTES, STATUSES, TOKEN } from './layout.ts';
import { roomFor, writeRecord } from './write-record.ts';

/** Seconds for millions of years. A sum with it is still a valid counter. */
const STEP_MAX = 2 ** 48;

/** What must be known of a standing before it is replaced. */
export interface Summary {
  /** Tokens that may make codes. */
  readonly active: number;
  /** The last log entry that it includes. */
  readonly through: number;
}

/** The name of a standing: the four words of its subject and the number of its purpose. */
export interface RecordName {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly purposeNumber: number;
}

export function recordName(subject: string, purpose: Purpose): RecordName {
  return {
    a: hexWordAt(subject, 0),
    b: hexWordAt(subject, 8),
    c: hexWordAt(subject, 16),
    d: hexWordAt(subject, 24),
    purposeNumber: PURPOSES.indexOf(purpose),
  };
}

interface SlicedBuffer extends Buffer {
  /** A method that the types omit. For a few bytes it takes a third of the time of `toString`. */
  hexSlice(from: number, end: number): string;
}

/** A buffer of concatenated records, each identified by its offset. */
export class Records {
  readonly bytes: Buffer;
  readonly #view: DataView;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Encodes a single record. */
  static of(standing: Standing): Records {
    const room = new Records(Buffer.alloc(roomFor(standing)));
    return new Records(room.bytes.subarray(0, room.write(0, standing)));
  }

  /** Writes a record, for which there must be room: see `roomFor`. Returns the end offset. */
  write(from: number, standing: Standing): number {
    return writeRecord(this.bytes, this.#view, from, standing);
  }

  /**
   * Returns the end offset of a record.
   * @throws RowBroken for a record that is truncated or malformed
   */
  endOf(at: number): number {
    const end = this.soundEndOf(at);
    if (end === undefined) throw new RowBroken('a standing', 'its record is truncated or malformed');
    return end;
  }

  /** Returns the same; undefined for a record that is truncated or malformed. */
  soundEndOf(at: number): number | undefined {
    const end = at + HEAD.bytes > this.bytes.length ? 0 : at + this.#view.getUint32(at, true);
    const isSound = end >= at + HEAD.bytes && end <= this.bytes.length && this.#purposeAt(at) < PURPOSES.length;
    return isSound ? end : undefined;
  }

  isOf(at: number, { a, b, c, d, purposeNumber }: RecordName): boolean {
    return (
      this.#subjectWord(at, 0) === a &&
      this.#subjectWord(at, 1) === b &&
      this.#subjectWord(at, 2) === c &&
      this.#subjectWord(at, 3) === d &&
      this.#purposeAt(at) === purposeNumber
    );
  }

  nameAt(at: number): RecordName {
    const word = (i: number) => this.#subjectWord(at, i);
    return { a: word(0), b: word(1), c: word(2), d: word(3), purposeNumber: this.#purposeAt(at) };
  }

  placeAt(at: number): Pick<Standing, 'subject' | 'purpose'> {
    return { subject: this.#idAt(at + HEAD.subject), purpose: PURPOSES[this.#purposeAt(at)] as Purpose };
  }

  /** @throws RowBroken */
  summaryAt(at: number): Summary {
    return this.#readable(at, () => {
      const active = this.#statusAt(at) === 'active' ? this.#view.getUint16(at + HEAD.tokens, true) : 0;
      return { active, through: this.#numberAt(at + HEAD.through) };
    });
  }

  /**
   * Decodes a record. Another program may have written it, so every number that a decision uses is
   * checked.
   * @throws RowBroken
   */
  standingAt(at: number): Standing {
    return this.#readable(at, () => this.#read(at));
  }

  #read(from: number): Standing {
    const { subject, purpose } = this.placeAt(from);
    const wrong = this.bytes[from + HEAD.wrong] as number;
    if (wrong > WRONG_TRIES_KEPT) throw new TypeError('it has more wrong tries than a standing keeps');
    const wrongSinceAccepted = this.bytes[from + HEAD.wrongSince] as number;
    if (wrongSinceAccepted > wrong) throw new TypeError('it counts more wrong tries than it lists');
    if (this.#view.getUint16(from + HEAD.reserved) !== 0) throw new TypeError('its reserved bytes are used');
    const wrongAtMs = wrong === 0 ? NO_TRIES : this.#numbersAt(from + HEAD.bytes, wrong);
    const enrolments: Enrolment[] = [];
    let at = from + HEAD.bytes + wrong * 8;
    for (let left = this.#view.getUint16(from + HEAD.tokens, true); left > 0; left--) {
      enrolments.push(this.#tokenAt(at));
      at = this.#tokenEnd(at);
    }
    if (at !== this.endOf(from)) throw new TypeError('its contents do not match its length');
    return {
      subject,
      purpose,
      status: this.#statusAt(from),
      generation: this.#numberAt(from + HEAD.generation),
      wrongAtMs,
      wrongSinceAccepted,
      enrolments,
      through: this.#numberAt(from + HEAD.through),
    };
  }

  #tokenAt(at: number): Enrolment {
    const { bytes } = this;
    const kind = bytes[at + TOKEN.kind] as number;
    if (!(kind < KIND.unknown)) throw new TypeError('one of its tokens is of an unknown kind');
    const serialEnd = at + TOKEN.bytes + (bytes[at + TOKEN.serialBytes] as number);
    const isFound = this.#isFoundAt(at);
    const seenAt = serialEnd + (isFound ? OBSERVATION_BYTES : 0);
    const observed = bytes[at + TOKEN.observed] as number;
    const enrolment = {
      id: this.#idAt(at),
      generation: this.#numberAt(at + TOKEN.generation),
      epoch: this.#numberAt(at + TOKEN.epoch),
      tokenSerial: bytes.toString('utf8', at + TOKEN.bytes, serialEnd),
      floor: this.#stepAt(at + TOKEN.floor),
      observed: observed === 0 ? NOT_OBSERVED : this.#observationsAt(seenAt, observed),
    };
    const found = isFound ? { ...enrolment, resynchronised: this.#observationAt(serialEnd) } : enrolment;
    if (kind === 0) return found;
    return this.#ofKind(kind, found, seenAt + observed * OBSERVATION_BYTES);
  }

  #ofKind(kind: number, token: Enrolment, responsesAt: number): Enrolment {
    const known = (kind & KIND.lost) === 0 ? token : { ...token, isLost: true };
    return (kind & KIND.signing) === 0 ? known : { ...known, usedResponses: this.#responsesAt(responsesAt) };
  }

  #tokenEnd(at: number): number {
    const { bytes } = this;
    const seen = Number(this.#isFoundAt(at)) + (bytes[at + TOKEN.observed] as number);
    const end = at + TOKEN.bytes + (bytes[at + TOKEN.serialBytes] as number) + seen * OBSERVATION_BYTES;
    return ((bytes[at + TOKEN.kind] as number) & KIND.signing) === 0
      ? end
      : end + 1 + (bytes[end] as number) * ID_BYTES;
  }

  /** @throws TypeError */
  #responsesAt(at: number): string[] {
    const count = this.bytes[at] as number;
    if (count > RESPONSES_A_STEP_MAX) throw new TypeError('it has more used responses than a step takes');
    return Array.from({ length: count }, (_, i) => this.#idAt(at + 1 + i * ID_BYTES));
  }

  /**
   * Whether the token was resynchronized.
   * @throws TypeError
   */
  #isFoundAt(at: number): boolean {
    const flag = this.bytes[at + TOKEN.resynchronised];
    if (flag === 0 || flag === 1) return flag === 1;
    throw new TypeError('one of its flags is neither 0 nor 1');
  }

  #observationsAt(at: number, count: number): Observation[] {
    return Array.from({ length: count }, (_, i) => this.#observationAt(at + i * OBSERVATION_BYTES));
  }

  #observationAt(at: number): Observation {
    return { step: this.#stepAt(at), atMs: this.#numberAt(at + 8) };
  }

  #numbersAt(at: number, count: number): number[] {
    return Array.from({ length: count }, (_, i) => this.#numberAt(at + i * 8));
  }

  #idAt(at: number): string {
    return (this.bytes as SlicedBuffer).hexSlice(at, at + ID_BYTES);
  }

  /** @throws TypeError */
  #numberAt(at: number): number {
    const number = this.#view.getFloat64(at, true);
    if (Number.isSafeInteger(number) && number >= 0) return number;
    throw new TypeError('one of its numbers is invalid');
  }

  /** @throws TypeError */
  #stepAt(at: number): number {
    const step = this.#numberAt(at);
    if (step > STEP_MAX) throw new TypeError('one of its numbers is invalid');
    return step;
  }

  /** @throws TypeError */
  #statusAt(at: number): Standing['status'] {
    const status = STATUSES[this.bytes[at + HEAD.status] as number];
    if (status === undefined) throw new TypeError('its status is unknown');
    return status;
  }

  #purposeAt(at: number): number {
    return this.bytes[at + HEAD.purpose] as number;
  }

  #subjectWord(at: number, word: number): number {
    return this.#view.getUint32(at + HEAD.subject + word * 4);
  }

  #readable<T>(at: number, read: () => T): T {
    try {
      return read();
    } catch (error) {
      // Reading a field past the end of the bytes throws a RangeError.
      if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
      const { subject, purpose } = this.placeAt(at);
      throw new RowBroken(placeOf(subject, purpose), error.message);
    }
  }
}

// Shared by all records that have none: values never change.
const NO_TRIES: readonly number[] = [];
const NOT_OBSERVED: readonly Observation[] = [];
