import type { StaticPin } from '../../domain/events/events.ts';
import { type FileEntry, foldFile } from '../../domain/register/fold-file.ts';
import type { SubjectFile } from '../../domain/register/subject-file.ts';
import type { FilePlace, Ledger, NumberPlace } from '../../store/ledger.ts';

/**
 * The files and numbers that one batch reads and changes. Later commands see the changes of earlier
 * ones.
 */
export class Register {
  readonly #ledger: Pick<Ledger, 'filePlace' | 'filesUnder' | 'numberPlace'>;
  readonly #known = new Map<string, FilePlace>();
  readonly #numbers = new Map<string, NumberPlace>();
  /** Files in their new state. */
  readonly files: Set<FilePlace> = new Set();

  constructor(ledger: Pick<Ledger, 'filePlace' | 'filesUnder' | 'numberPlace'>) {
    this.#ledger = ledger;
  }

  /** Numbers on whose subjects the batch depends. */
  get numbers(): readonly NumberPlace[] {
    return [...this.#numbers.values()];
  }

  /** The file of a subject, which the command that asks for it has loaded. */
  file(subject: string): FilePlace {
    return this.#keep(this.#known.get(subject) ?? this.#ledger.filePlace(subject));
  }

  filesUnder(number: string): readonly FilePlace[] {
    return this.#ledger.filesUnder(number).map((place) => this.#known.get(place.subject) ?? this.#keep(place));
  }

  /** Of two daemons that rely on a number at once, one decides again. */
  relyOn(number: string): void {
    if (number !== '') this.#numbers.set(number, this.#ledger.numberPlace(number));
  }

  rehearse(decoy: SubjectFile): void {
    const place = this.file(decoy.subject);
    place.file = decoy;
    this.files.add(place);
  }

  /**
   * Folds an entry into its file, if a command has loaded that. Returns what it did to the static
   * second PIN.
   */
  fold(entry: FileEntry, logIndex: number): StaticPin | undefined {
    const place = entry.kind === 'life-cycle' ? this.file(entry.subject) : this.#known.get(entry.subject);
    const before = place?.file;
    const after = place && foldFile(before, entry, logIndex);
    if (place === undefined || after === undefined || after === before) return undefined;
    place.file = after;
    this.files.add(place);
    // Tokens, or codes, are added under a number.
    if (entry.kind === 'enrolled' || after.issuedUnder !== before?.issuedUnder) this.relyOn(after.issuedUnder);
    return { was: before?.isStaticSecondPinOn, is: after.isStaticSecondPinOn };
  }

  #keep(place: FilePlace): FilePlace {
    this.#known.set(place.subject, place);
    return place;
  }
}

/**
 * Returns the file, or undefined when there is none.
 * @throws RowBroken for one that cannot be read
 */
export function fileAt({ file, broken }: FilePlace): SubjectFile | undefined {
  if (broken !== undefined) throw broken;
  return file;
}
