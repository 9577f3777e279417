import { NOTES_AT_ONCE_MAX } from '../../boundary/limits.ts';

const NOTES_A_SECOND = 1;
/**
 * Callers to remember. Their names were signed by the bank's own authority, which has some dozens.
 */
const REFUSED_CALLERS_MAX = 1_024;

interface Notes {
  /** Notes left; whole or in part. */
  room: number;
  countedAtMs: number;
  leftOut: number;
}

/**
 * Decides which refused calls are logged. An entry is kept forever, and every caller's verdicts
 * wait for its commit. Of a caller that is refused all the time only the first calls are logged,
 * then one per second with the number it stands for.
 */
export class RefusalNotes {
  readonly #of = new Map<string, Notes>();

  /**
   * Returns how many of this caller were left out since the last note; undefined when this one is
   * left out too.
   */
  take(caller: string, nowMs: number): number | undefined {
    const notes = this.#notesOf(caller, nowMs);
    const refilled = notes.room + ((nowMs - notes.countedAtMs) / 1_000) * NOTES_A_SECOND;
    notes.room = Math.min(NOTES_AT_ONCE_MAX, refilled);
    notes.countedAtMs = nowMs;
    if (notes.room < 1) {
      notes.leftOut += 1;
      return undefined;
    }
    const { leftOut } = notes;
    notes.room -= 1;
    notes.leftOut = 0;
    return leftOut;
  }

  #notesOf(caller: string, nowMs: number): Notes {
    const known = this.#of.get(caller);
    if (known !== undefined) return known;
    if (this.#of.size >= REFUSED_CALLERS_MAX) this.#of.delete(this.#of.keys().next().value ?? '');
    const notes = { room: NOTES_AT_ONCE_MAX, countedAtMs: nowMs, leftOut: 0 };
    this.#of.set(caller, notes);
    return notes;
  }
}
