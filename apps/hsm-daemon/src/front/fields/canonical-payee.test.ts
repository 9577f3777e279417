import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalPayee } from './canonical-payee.ts';

describe('a payee', () => {
  it.each([
    [
      'Arabic yeh and kaf',
      '\u0639\u0644\u064a \u0643\u0631\u064a\u0645\u064a',
      '\u0639\u0644\u06cc \u06a9\u0631\u06cc\u0645\u06cc',
    ],
    ['alef maksura', '\u0645\u0648\u0633\u0649', '\u0645\u0648\u0633\u06cc'],
    ['the joiner of Persian words', '\u0645\u06cc\u200c\u0634\u0648\u062f', '\u0645\u06cc\u0634\u0648\u062f'],
    ['a letter and its mark', 'Zoe\u0308', 'Zo\u00eb'],
    ['a letter, a joiner and its mark', 'Zoe\u200d\u0308', 'Zo\u00eb'],
    ['a direction mark', 'IR82\u202e0540', 'IR820540'],
    ['a soft hyphen', 'Mas\u00adkan', 'Maskan'],
    ['a variation selector', 'a\ufe0fb', 'ab'],
    ['spaces of other kinds', '\u00a0Bank\u2003 Maskan ', 'Bank Maskan'],
  ])('is one in spite of %s', (_, written, canonical) => {
    expect(canonicalPayee(written)).toBe(canonical);
  });

  it.each([
    ['nothing', ''],
    ['spaces', ' \u00a0'],
    ['format characters', '\u200c\u200f'],
    ['fillers', '\u3164\u115f'],
    ['a control character', 'a\u0007b'],
    ['a line end', 'a\nb'],
    ['a line separator', 'a\u2028b'],
    ['half a surrogate pair', 'a\ud800'],
    ['a private character', 'a\ue000'],
  ])('is not %s', (_, written) => {
    expect(canonicalPayee(written)).toBeUndefined();
  });

  it('has a canonical form that is its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        const canonical = canonicalPayee(text);
        if (canonical !== undefined) expect(canonicalPayee(canonical)).toBe(canonical);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps two names apart that a reader keeps apart', () => {
    expect(canonicalPayee('IR820540102680020817909002')).not.toBe(canonicalPayee('IR820540102680020817909003'));
    expect(canonicalPayee('Ali')).not.toBe(canonicalPayee('ali'));
  });
});
