import { describe, expect, it } from 'vitest';
import { shownOn, wrapLine } from './wrap-line.ts';

describe('a line longer than the terminal', () => {
  it('is broken between words, with the rest indented', () => {
    expect(wrapLine('  one two three four', 12)).toEqual(['  one two', '    three', '    four']);
  });

  it('keeps a word longer than the terminal whole, and loses no word', () => {
    const line = `a ${'b'.repeat(30)} c ${'d'.repeat(30)} e`;
    expect(wrapLine(line, 10).flatMap((part) => part.trim().split(' '))).toEqual(line.split(' '));
  });

  it('is not broken when the output is not a terminal', () => {
    const line = 'word '.repeat(40);
    expect(shownOn({}, [line])).toBe(line);
    for (const part of shownOn({ isTTY: true, columns: 40 }, [line]).split('\n'))
      expect(part.length).toBeLessThanOrEqual(40);
  });
});
