// The state of typing a share: word by word, masked, each checked while it is typed. Pure: returns
// a new state for each key.
import { completions } from '@ramz/custody';

/** The units of an entry: 33 words of SLIP-39, or 21 groups of hexadecimal digits. */
export interface EntryKind {
  readonly unit: 'word' | 'group';
  readonly count: number;
  /** Returns the complete units that begin with `typed`. */
  readonly complete: (typed: string) => readonly string[];
  /** Number of letters that identify a unit. */
  readonly knownAt: number;
  /** Whether `knownAt` letters complete a unit: words differ in length, groups do not. */
  readonly isTakenAlone: boolean;
}

/** Four letters identify a word. */
export const WORD_ENTRY: EntryKind = {
  unit: 'word',
  count: 33,
  complete: completions,
  knownAt: 4,
  isTakenAlone: false,
};
export const COMPONENT_ENTRY: EntryKind = {
  unit: 'group',
  count: 21,
  complete: (typed) => (/^[0-9a-f]{0,4}$/.test(typed) ? [typed] : []),
  knownAt: 4,
  isTakenAlone: true,
};

export interface ShareEntry {
  readonly kind: EntryKind;
  /** Units completed so far. */
  readonly units: readonly string[];
  /** Letters of the unit that is being typed. */
  readonly typed: string;
  /** Whether the typed letters are visible. */
  readonly isShown: boolean;
  /** After `no-such`, letters are ignored until Space or Backspace, to form no other word. */
  readonly note: 'none' | 'no-such' | 'ambiguous' | 'taken' | 'back';
}

export type EntryKey = { readonly letter: string } | 'enter' | 'backspace' | 'clear' | 'show';

export function newEntry(kind: EntryKind): ShareEntry {
  return { kind, units: [], typed: '', isShown: false, note: 'none' };
}

export function isComplete({ units, kind }: ShareEntry): boolean {
  return units.length === kind.count;
}

/** Returns the state after a key. A letter that continues no word is ignored. */
export function press(entry: ShareEntry, key: EntryKey): ShareEntry {
  switch (key) {
    case 'show':
      return { ...entry, isShown: !entry.isShown, note: 'none' };
    case 'clear':
      return { ...entry, typed: '', note: 'none' };
    case 'backspace':
      if (entry.note === 'no-such') return { ...entry, note: 'none' };
      return entry.typed === '' ? backOne(entry) : { ...entry, typed: entry.typed.slice(0, -1), note: 'none' };
    case 'enter':
      return takeUnit(entry);
    default:
      return typeLetter(entry, key.letter.toLowerCase());
  }
}

function typeLetter(entry: ShareEntry, letter: string): ShareEntry {
  if (isComplete(entry)) return entry;
  // A space after an accepted unit changes nothing.
  if (/^\s$/.test(letter)) return entry.typed === '' && entry.note !== 'no-such' ? entry : takeUnit(entry);
  if (entry.note === 'no-such') return entry;
  const typed = entry.typed + letter;
  const [only] = entry.kind.complete(typed);
  if (only === undefined) return { ...entry, note: 'no-such' };
  const { isTakenAlone, knownAt } = entry.kind;
  return isTakenAlone && typed.length >= knownAt ? taken(entry, only) : { ...entry, typed, note: 'none' };
}

function takeUnit(entry: ShareEntry): ShareEntry {
  // Restarts the unit: the letters typed so far match none.
  if (entry.note === 'no-such') return { ...entry, typed: '', note: 'none' };
  // Enter after an accepted unit changes nothing.
  if (entry.typed === '') return entry;
  const [only, ...more] = entry.kind.complete(entry.typed);
  if (more.length > 0) return { ...entry, note: 'ambiguous' };
  const isWhole = only !== undefined && only.length >= entry.kind.knownAt;
  return isWhole ? taken(entry, only) : { ...entry, note: 'no-such' };
}

function taken(entry: ShareEntry, unit: string): ShareEntry {
  return { ...entry, units: [...entry.units, unit], typed: '', note: 'taken' };
}

function backOne(entry: ShareEntry): ShareEntry {
  return { ...entry, units: entry.units.slice(0, -1), note: 'back' };
}
