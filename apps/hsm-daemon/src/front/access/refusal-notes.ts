import { NOTES_AT_ONCE_MAX } from '../../boundary/limits.ts';

const NOTES_A_SECOND = 1;
/** Names that the bank's own authority signed: it has some dozens. */
const REFUSED_CALLERS_MAX = 1_024;

interface Notes {
  /** That it may still have; whole or in part. */
  room: number;
  countedAtMs: number;
  leftOut: number;
}

/**
 * Which refused calls go to the log. An entry is kept for ever, and its commit is what everybody's verdicts wait for: of a
 * caller who is refused all the time the first ones are written, then one a second, which says how many it stands for.
 */
export class RefusalNotes {
  readonly #of = new Map<string, Notes>();

  /** How many of this caller were left out since the last that was noted; undefined when this one is left out, too. */
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
