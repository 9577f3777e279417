import { describe, expect, it } from 'vitest';
import { NOTES_AT_ONCE_MAX } from '../../boundary/limits.ts';
import { RefusalNotes } from './refusal-notes.ts';

describe('notes of refused calls', () => {
  const flood = (notes: RefusalNotes, caller: string, calls: number, nowMs: number) =>
    Array.from({ length: calls }, () => notes.take(caller, nowMs)).filter((leftOut) => leftOut !== undefined);

  it('cover the first calls, then one per second with the number left out', () => {
    const notes = new RefusalNotes();
    expect(flood(notes, 'a', 1_000, 0)).toEqual(Array.from({ length: NOTES_AT_ONCE_MAX }, () => 0));
    expect(flood(notes, 'a', 10, 999)).toEqual([]);
    expect(flood(notes, 'a', 10, 1_000)).toEqual([1_000 - NOTES_AT_ONCE_MAX + 10]);
    expect(flood(notes, 'a', 10, 1_500)).toEqual([]);
    expect(flood(notes, 'a', 1, 3_600_000)).toEqual([19]);
    expect(flood(notes, 'a', 1_000, 3_600_000)).toHaveLength(NOTES_AT_ONCE_MAX - 1);
  });

  it('of one caller take no room from another', () => {
    const notes = new RefusalNotes();
    flood(notes, 'a', 1_000, 0);
    expect(notes.take('b', 0)).toBe(0);
  });

  it('forget the oldest caller beyond their limit', () => {
    const notes = new RefusalNotes();
    flood(notes, 'a', 1_000, 0);
    for (let i = 0; i < 1_024; i++) notes.take(`name ${i}`, 0);
    expect(notes.take('a', 0)).toBe(0);
  });
});
