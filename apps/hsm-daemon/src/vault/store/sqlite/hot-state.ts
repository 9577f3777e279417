import { PURPOSES, type Purpose } from '../../../boundary/commands.ts';
import type { EnrolledEntry, Entry, RestoredEntry, VerdictEntry } from '../../domain/audit/entry.ts';
import { type Enrolment, placeOf, subjectAt } from '../../domain/enrolment/enrolment.ts';
import { foldEntry, foldRestored, purposesTouched } from '../../domain/enrolment/fold-entry.ts';

/** The enrolments in memory: the fold of the whole log. Remembers which the table does not have yet. */
export class HotState {
  // By subject: the key is the string that the enrolment holds anyway. A million strings of their own would cost as much
  // as the enrolments.
  readonly #enrolments: Readonly<Record<Purpose, Map<string, Enrolment>>> = {
    'first-pin': new Map(),
    'second-pin': new Map(),
  };
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
    return this.#enrolments[purpose].get(subject);
  }

  /** The latest entry that any state holds; -1 when there is none. */
  get latest_through(): number {
    return this.#latest_through;
  }

  /** A row of the table, at start. */
  load(enrolment: Enrolment): void {
    this.#latest_through = Math.max(this.#latest_through, enrolment.through);
    this.#put(undefined, withSharedEmpties(enrolment));
  }

  /** An entry of the log, at start. The table's row may hold it already: it was written later than that. */
  replay(entry: Entry, index: number): void {
    if (entry.kind === 'restored') return this.#foldRestored(entry, index);
    if (entry.kind !== 'verdict' && entry.kind !== 'enrolled') return;
    for (const purpose of purposesTouched(entry)) {
      const before = this.enrolment(entry.subject, purpose);
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
    const before = this.enrolment(entry.subject, purpose);
    // A state that knows the future would not take this entry in, and a code could be accepted twice.
    if (before !== undefined && index <= before.through) throw new Error('an enrolment is ahead of the log');
    const after = foldEntry(before, purpose, entry, index);
    if (after === undefined || after === before) return;
    this.#put(before, after);
    this.#note(after, index);
  }

  #foldRestored(entry: RestoredEntry, index: number): void {
    for (const before of PURPOSES.flatMap((purpose) => [...this.#enrolments[purpose].values()])) {
      if (index <= before.through) continue;
      const after = foldRestored(before, entry, index);
      this.#put(before, after);
      this.#note(after, index);
    }
  }

  /** The table lacks this entry of it, unless it lacked an older one already. */
  #note({ subject, purpose }: Enrolment, index: number): void {
    const place = placeOf(subject, purpose);
    if (!this.#unwritten.has(place)) this.#unwritten.set(place, index);
  }

  /** The oldest unwritten states, at most `count`. */
  oldestUnwritten(count: number): Enrolment[] {
    return this.#unwritten
      .keys()
      .take(count)
      .map((place) => {
        const { subject, purpose } = subjectAt(place);
        return this.enrolment(subject, purpose);
      })
      .filter((state) => state !== undefined)
      .toArray();
  }

  /** They are in the table now. Returns the first entry that the table still lacks, if any. */
  written(enrolments: readonly Enrolment[]): number | undefined {
    for (const { subject, purpose } of enrolments) this.#unwritten.delete(placeOf(subject, purpose));
    return this.#unwritten.values().next().value;
  }

  #put(before: Enrolment | undefined, after: Enrolment): void {
    this.#active += Number(after.status === 'active') - Number(before?.status === 'active');
    this.#enrolments[after.purpose].set(after.subject, after);
  }
}

const NO_TRIES: readonly number[] = [];
const NO_OBSERVATIONS: Enrolment['observed'] = [];

/** Most enrolments have neither: an empty array each would be a third of what they hold. */
function withSharedEmpties(enrolment: Enrolment): Enrolment {
  const { wrong_at_ms, observed } = enrolment;
  return {
    ...enrolment,
    wrong_at_ms: wrong_at_ms.length === 0 ? NO_TRIES : wrong_at_ms,
    observed: observed.length === 0 ? NO_OBSERVATIONS : observed,
  };
}
