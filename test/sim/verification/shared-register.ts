// Files and numbers in an in-memory database shared by several daemons.

import type { SubjectFile } from '../../../apps/hsm-daemon/src/vault/domain/register/subject-file.ts';
import type { Change } from '../../../apps/hsm-daemon/src/vault/store/ledger.ts';

/** A planted bug of the store. */
export type StorePlant =
  | 'no-compare'
  | 'write-skew'
  | 'forgets-requests'
  | 'loses-commits'
  | 'no-number-row'
  | 'forgets-acts'
  | 'none';

/** Files and numbers, each with its version. */
export class SharedRegister {
  readonly files: Map<string, { readonly version: number; readonly file: SubjectFile }> = new Map();
  readonly numbers: Map<string, number> = new Map();

  copy(from: SharedRegister['files'], subject: string): void {
    const row = from.get(subject);
    if (row !== undefined) this.files.set(subject, row);
  }

  put({ files, numbers }: Change): void {
    for (const { subject, file } of files) {
      if (file !== undefined) this.files.set(subject, { version: (this.files.get(subject)?.version ?? 0) + 1, file });
    }
    for (const { number } of numbers) this.numbers.set(number, (this.numbers.get(number) ?? 0) + 1);
  }

  /** Whether rows that a change depends on have other versions in the store. */
  differs(store: SharedRegister, { files, numbers }: Change, plant: StorePlant): boolean {
    for (const { subject } of files) {
      if (store.files.get(subject)?.version !== this.files.get(subject)?.version) return true;
    }
    if (plant === 'no-number-row') return false;
    for (const { number } of numbers)
      if ((store.numbers.get(number) ?? 0) !== (this.numbers.get(number) ?? 0)) return true;
    return false;
  }
}

/** Returns the subjects whose tokens were issued under a number. */
export function underNumber(files: SharedRegister['files'], number: string): string[] {
  return [...files.values()].flatMap(({ file }) => (file.issuedUnder === number ? [file.subject] : [])).toSorted();
}
