import type { Purpose } from '../../../boundary/commands.ts';
import type { EnrolledEntry, Entry, RestoredEntry, VerdictEntry } from '../../domain/audit/entry.ts';
import { type Enrolment, placeOf } from '../../domain/enrolment/enrolment.ts';
import { foldEntry, foldRestored, purposesTouched } from '../../domain/enrolment/fold-entry.ts';

/** The enrolments in memory: the fold of the whole log. Remembers which the table does not have yet. */
export class HotState {
  readonly #enrolments = new Map<string, Enrolment>();
  // Place -> index of the first entry that its row lacks. A Map keeps the order of insertion, so the
  // first one is the oldest debt.
  readonly #unwritten = new Map<string, number>();
  #active = 0;
  #latest_through = -1;

  get active_enrolments(): number {
    return this.#active;
  }

  get unwritten(): number {
    return this.#unwritten.size;
  }

  enrolment(subject: string, purpose: Purpose): Enrolment | undefined {
    return this.#enrolments.get(placeOf(subject, purpose));
  }

  /** The latest entry that any state holds; -1 when there is none. */
  get latest_through(): number {
    return this.#latest_through;
  }

  /** A row of the table, at start. */
  load(enrolment: Enrolment): void {
    this.#latest_through = Math.max(this.#latest_through, enrolment.through);
    this.#put(placeOf(enrolment.subject, enrolment.purpose), undefined, enrolment);
  }

  /** An entry of the log, at start. The table's row may hold it already: it was written later than that. */
  replay(entry: Entry, index: number): void {
    if (entry.kind === 'restored') return this.#foldRestored(entry, index);
    if (entry.kind !== 'verdict' && entry.kind !== 'enrolled') return;
    for (const purpose of purposesTouched(entry)) {
      const before = this.#enrolments.get(placeOf(entry.subject, purpose));
      if (before === undefined || index > before.through) this.#foldInto(purpose, entry, index);
    }
  }

  /** An entry that was just committed. */
  fold(entry: Entry, index: number): void {
    if (entry.kind === 'restored') return this.#foldRestored(entry, index);
    if (entry.kind !== 'verdict' && entry.kind !== 'enrolled') return;
    for (const purpose of purposesTouched(entry)) this.#foldInto(purpose, entry, index);
  }

  #foldInto(purpose: Purpose, entry: VerdictEntry | EnrolledEntry, index: number): void {
    const place = placeOf(entry.subject, purpose);
    const before = this.#enrolments.get(place);
    // A state that knows the future would not take this entry in, and a code could be accepted twice.
    if (before !== undefined && index <= before.through) throw new Error('an enrolment is ahead of the log');
    const after = foldEntry(before, purpose, entry, index);
    if (after === undefined || after === before) return;
    this.#put(place, before, after);
    if (!this.#unwritten.has(place)) this.#unwritten.set(place, index);
  }

  #foldRestored(entry: RestoredEntry, index: number): void {
    for (const [place, before] of this.#enrolments) {
      if (index <= before.through) continue;
      this.#put(place, before, foldRestored(before, entry, index));
      if (!this.#unwritten.has(place)) this.#unwritten.set(place, index);
    }
  }

  /** The oldest unwritten states, at most `count`. */
  oldestUnwritten(count: number): Enrolment[] {
    const places = this.#unwritten.keys().take(count);
    return places
      .map((place) => this.#enrolments.get(place))
      .filter((state) => state !== undefined)
      .toArray();
  }

  /** They are in the table now. Returns the first entry that the table still lacks, if any. */
  written(enrolments: readonly Enrolment[]): number | undefined {
    for (const { subject, purpose } of enrolments) this.#unwritten.delete(placeOf(subject, purpose));
    return this.#unwritten.values().next().value;
  }
  #put(place: string, before: Enrolment | undefined, after: Enrolment): void {
    this.#active += Number(after.status === 'active') - Number(before?.status === 'active');
    this.#enrolments.set(place, after);
  }
}
