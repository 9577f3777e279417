import { describe, expect, it } from 'vitest';
import { shownOn, wrapLine } from './wrap-line.ts';

describe('a line that is longer than the terminal', () => {
  it('is broken between words and goes on indented', () => {
    expect(wrapLine('  one two three four', 12)).toEqual(['  one two', '    three', '    four']);
  });

  it('keeps a word that fits nowhere, and loses no word', () => {
    const line = `a ${'b'.repeat(30)} c ${'d'.repeat(30)} e`;
    expect(wrapLine(line, 10).flatMap((part) => part.trim().split(' '))).toEqual(line.split(' '));
  });

  it('is left alone where it is not shown on a terminal', () => {
    const line = 'word '.repeat(40);
    expect(shownOn({}, [line])).toBe(line);
    for (const part of shownOn({ isTTY: true, columns: 40 }, [line]).split('\n'))
      expect(part.length).toBeLessThanOrEqual(40);
  });
});
