// How a share is typed: one word after the other, masked, each checked as it is typed. Pure: keys in, a new
// state out.
import { completions } from '@ramz/custody';

/** What an entry is made of: 33 words of SLIP-39, or 21 groups of hexadecimal digits. */
export interface EntryKind {
  readonly unit: 'word' | 'group';
  readonly count: number;
  /** Whole units that begin like this. */
  readonly complete: (typed: string) => readonly string[];
  /** Letters after which a unit is known. */
  readonly knownAt: number;
  /** Whether it is taken then without being told: words have ends of different lengths, groups do not. */
  readonly isTakenAlone: boolean;
}

/** Words are known by four letters. */
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
  /** Whole units so far. */
  readonly units: readonly string[];
  /** Letters of the unit that is being typed. */
  readonly typed: string;
  /** Whether what is typed is shown. */
  readonly isShown: boolean;
  /** After `no-such` no letter is taken until the unit is begun anew or a letter is taken back: a slip must not make another word. */
  readonly note: 'none' | 'no-such' | 'ambiguous' | 'taken' | 'back';
}

export type EntryKey = { readonly letter: string } | 'enter' | 'backspace' | 'clear' | 'show';

export function newEntry(kind: EntryKind): ShareEntry {
  return { kind, units: [], typed: '', isShown: false, note: 'none' };
}

export function isComplete({ units, kind }: ShareEntry): boolean {
  return units.length === kind.count;
}

/** What a key does. A letter that no word goes on with is not taken. */
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
  // A space between words, where one was taken already.
  if (/^\s$/.test(letter)) return entry.typed === '' && entry.note !== 'no-such' ? entry : takeUnit(entry);
  if (entry.note === 'no-such') return entry;
  const typed = entry.typed + letter;
  const [only] = entry.kind.complete(typed);
  if (only === undefined) return { ...entry, note: 'no-such' };
  const { isTakenAlone, knownAt } = entry.kind;
  return isTakenAlone && typed.length >= knownAt ? taken(entry, only) : { ...entry, typed, note: 'none' };
}

function takeUnit(entry: ShareEntry): ShareEntry {
  // Begun anew: what was typed was no unit.
  if (entry.note === 'no-such') return { ...entry, typed: '', note: 'none' };
  // Enter behind a unit that was taken already.
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
