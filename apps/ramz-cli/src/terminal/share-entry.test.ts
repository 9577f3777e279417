import { describe, expect, it } from 'vitest';
import {
  COMPONENT_ENTRY,
  type EntryKey,
  type EntryKind,
  isComplete,
  newEntry,
  press,
  WORD_ENTRY,
} from './share-entry.ts';

const COMMANDS: readonly string[] = ['enter', 'backspace', 'clear', 'show'];
const type = (kind: EntryKind, ...keys: readonly string[]) =>
  keys
    .flatMap((key): EntryKey[] =>
      COMMANDS.includes(key) ? [key as EntryKey] : Array.from(key, (letter) => ({ letter })),
    )
    .reduce(press, newEntry(kind));

describe('typing a share', () => {
  it('four letters and a space are a word, and so is the whole word; case does not matter', () => {
    expect(type(WORD_ENTRY, 'acad ACID  acne ').units).toEqual(['academic', 'acid', 'acne']);
    expect(type(WORD_ENTRY, 'academic', 'enter', 'elev', 'enter').units).toEqual(['academic', 'elevator']);
  });

  it('a letter that no word goes on with is not taken, and said', () => {
    const entry = type(WORD_ENTRY, 'acax');
    expect([entry.typed, entry.note]).toEqual(['aca', 'no-such']);
    expect(type(WORD_ENTRY, 'acid', 's').note).toBe('no-such');
  });

  it('too few letters are not a word yet', () => {
    expect(type(WORD_ENTRY, 'ac ')).toMatchObject({ typed: 'ac', units: [], note: 'ambiguous' });
  });

  it('Enter behind a word that was taken is nothing', () => {
    expect(type(WORD_ENTRY, 'acad ', 'enter', 'acid', 'enter', 'enter', 'acne ').units).toEqual([
      'academic',
      'acid',
      'acne',
    ]);
  });

  it('behind a slip no letter is taken: it must not make another word', () => {
    expect(type(WORD_ENTRY, 'xyzw')).toMatchObject({ typed: '', note: 'no-such' });
    expect(type(WORD_ENTRY, 'cruxcial ').units).toEqual([]);
    expect(type(WORD_ENTRY, 'crux crucial ').units).toEqual(['crucial']);
    expect(type(WORD_ENTRY, 'crux', 'backspace', 'c ').units).toEqual(['crucial']);
  });

  it('Backspace takes back letters, then words; clear forgets the letters', () => {
    expect(type(WORD_ENTRY, 'acad ', 'ac', 'backspace', 'backspace', 'backspace')).toMatchObject({
      typed: '',
      units: [],
    });
    expect(type(WORD_ENTRY, 'acad ', 'ac', 'clear')).toMatchObject({ typed: '', units: ['academic'] });
  });

  it('? shows and hides, and types nothing', () => {
    expect(type(WORD_ENTRY, 'ac', 'show')).toMatchObject({ isShown: true, typed: 'ac' });
    expect(type(WORD_ENTRY, 'ac', 'show', 'show').isShown).toBe(false);
  });

  it('groups of four digits are taken by themselves, with or without spaces', () => {
    expect(type(COMPONENT_ENTRY, '00ff 1A2b', 'ffff').units).toEqual(['00ff', '1a2b', 'ffff']);
    expect(type(COMPONENT_ENTRY, '00g').note).toBe('no-such');
  });

  it('is complete with 33 words, and takes no more', () => {
    const whole = type(WORD_ENTRY, 'acid '.repeat(33));
    expect(isComplete(whole)).toBe(true);
    expect(press(whole, { letter: 'a' })).toBe(whole);
  });
});
