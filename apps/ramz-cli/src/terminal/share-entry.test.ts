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
  it('accepts a word by four letters and a space or in full, in any case', () => {
    expect(type(WORD_ENTRY, 'acad ACID  acne ').units).toEqual(['academic', 'acid', 'acne']);
    expect(type(WORD_ENTRY, 'academic', 'enter', 'elev', 'enter').units).toEqual(['academic', 'elevator']);
  });

  it('ignores a letter that continues no word, and reports it', () => {
    const entry = type(WORD_ENTRY, 'acax');
    expect([entry.typed, entry.note]).toEqual(['aca', 'no-such']);
    expect(type(WORD_ENTRY, 'acid', 's').note).toBe('no-such');
  });

  it('does not accept a word by too few letters', () => {
    expect(type(WORD_ENTRY, 'ac ')).toMatchObject({ typed: 'ac', units: [], note: 'ambiguous' });
  });

  it('ignores Enter after an accepted word', () => {
    expect(type(WORD_ENTRY, 'acad ', 'enter', 'acid', 'enter', 'enter', 'acne ').units).toEqual([
      'academic',
      'acid',
      'acne',
    ]);
  });

  it('ignores letters after a typing error, which must not form another word', () => {
    expect(type(WORD_ENTRY, 'xyzw')).toMatchObject({ typed: '', note: 'no-such' });
    expect(type(WORD_ENTRY, 'cruxcial ').units).toEqual([]);
    expect(type(WORD_ENTRY, 'crux crucial ').units).toEqual(['crucial']);
    expect(type(WORD_ENTRY, 'crux', 'backspace', 'c ').units).toEqual(['crucial']);
  });

  it('removes letters, then words, on Backspace, and only the letters on clear', () => {
    expect(type(WORD_ENTRY, 'acad ', 'ac', 'backspace', 'backspace', 'backspace')).toMatchObject({
      typed: '',
      units: [],
    });
    expect(type(WORD_ENTRY, 'acad ', 'ac', 'clear')).toMatchObject({ typed: '', units: ['academic'] });
  });

  it('shows and hides the letters on ?, and types nothing', () => {
    expect(type(WORD_ENTRY, 'ac', 'show')).toMatchObject({ isShown: true, typed: 'ac' });
    expect(type(WORD_ENTRY, 'ac', 'show', 'show').isShown).toBe(false);
  });

  it('accepts each group at its fourth digit, with or without spaces', () => {
    expect(type(COMPONENT_ENTRY, '00ff 1A2b', 'ffff').units).toEqual(['00ff', '1a2b', 'ffff']);
    expect(type(COMPONENT_ENTRY, '00g').note).toBe('no-such');
  });

  it('is complete with 33 words, and accepts no more', () => {
    const whole = type(WORD_ENTRY, 'acid '.repeat(33));
    expect(isComplete(whole)).toBe(true);
    expect(press(whole, { letter: 'a' })).toBe(whole);
  });
});
