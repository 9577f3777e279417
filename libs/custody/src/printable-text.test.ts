import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printableJson, printableText } from './printable-text.ts';

describe('text on a screen', () => {
  it.each([
    ['an escape sequence', '\u001b[2Jgone', '\\u001b[2Jgone'],
    ['a C1 control sequence', '\u009b2Jgone', '\\u009b2Jgone'],
    ['a carriage return', 'FAULT\rfine', 'FAULT\\u000dfine'],
    ['a line end', 'one\ntwo', 'one\\u000atwo'],
    ['a backspace', 'bad\b\b\bgood', 'bad\\u0008\\u0008\\u0008good'],
    ['a bidi override', 'a\u202eb', 'a\\u202eb'],
    ['a bidi isolate', 'a\u2066b', 'a\\u2066b'],
    ['a tag character', 'a\u{e0041}b', 'a\\udb40\\udc41b'],
    ['a lone surrogate', 'a\ud800b', 'a\\ud800b'],
    ['line separators', 'a\u2028b\u2029c\u0085d', 'a\\u2028b\\u2029c\\u0085d'],
    ['a byte order mark', '\ufeffa', '\\ufeffa'],
  ])('escapes %s', (_, text, shown) => {
    expect(printableText(text)).toBe(shown);
    expect(JSON.parse(printableJson({ text }))).toEqual({ text });
  });

  it('leaves Persian, its joiners and symbols unchanged', () => {
    for (const text of ['می‌شود', 'لا‍', 'é ✓ 🏦', 'tab-less, [yes/no] {"a": 1}']) expect(printableText(text)).toBe(text);
  });

  it('is the same value as JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(printableJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
