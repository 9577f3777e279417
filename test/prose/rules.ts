// What no text of the repository says, and what it says instead: the words that made readers stop
// and read again.

/** A wording that is ruled out. */
export interface WordRule {
  readonly pattern: RegExp;
  /** What a writer puts in its place. */
  readonly instead: string;
}

export const WORD_RULES: readonly WordRule[] = [
  { pattern: /\bcan not\b/i, instead: 'cannot' },
  { pattern: /\bwho(so)?ever\b/i, instead: 'the noun: the caller, the client, the custodian' },
  { pattern: /\bwhatever\b/i, instead: 'the noun, or "any"' },
  { pattern: /\b(no|some)body\b/i, instead: 'the noun, "no one" or "someone"' },
  { pattern: /\bof which\b/i, instead: 'a sentence of its own' },
  { pattern: /\bthat (is|are) none\b/i, instead: 'not a valid ...' },
  { pattern: /\b(tells?|telling|told)\b(?!.{0,40}\bapart\b)/i, instead: 'report, say, show, return' },
  { pattern: /\b(brings?|bringing|brought)\b/i, instead: 'contain, carry, include, send' },
  { pattern: /\b(go|goes|going|went|gone) on\b/i, instead: 'continue' },
  { pattern: /\b(lead|leads|leading|led) on\b/i, instead: 'continue, lead to' },
  { pattern: /\b(take|takes|taking|took|taken) back\b/i, instead: 'revert, undo, withdraw' },
  { pattern: /\bcrumbs?\b/i, instead: 'pieces, fragments' },
  { pattern: /\b(is|are|was|were) away\b/i, instead: 'in flight, unavailable' },
  { pattern: /\bof (no )?use\b/i, instead: 'useful, useless' },
  { pattern: /\blook(s|ed)? at it\b/i, instead: 'inspect, read, check' },
  { pattern: /\bbef(alls?|ell)\b/i, instead: 'happen to' },
];

/** Prose ends before this column, so that two files fit beside each other. */
export const COLUMNS_MAX = 100;
