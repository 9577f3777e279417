// The chance of a guess under a policy (RFC 4226, 7.3 and appendix A.4, which has one candidate). A
// code is the remainder of 31 bits (5.3), so some codes come up more often than others, and of ten
// digits most never do: an attacker guesses the frequent ones.
import type { CardPolicy, PurposePolicy } from './purpose-policy.ts';

const DAY_MS = 24 * 3600 * 1000;
const YEAR_DAYS = 365;
/** The truncated MACs that a code is made of (RFC 4226, 5.3). */
const TRUNCATED_MACS = 2 ** 31;
/** A thief of card numbers has them by the million. */
export const SPRAYED_CARDS = 1_000_000;

/** Chances, 0 to 1, of an attacker who knows a card number and nothing else. */
export interface GuessProbability {
  /** Live codes that one try is compared with. */
  readonly candidates: number;
  readonly perTry: number;
  /** Over all tries until the lock. */
  readonly perLock: number;
  /** Tries per year that stay just below every limit, between the customer's own accepted codes. */
  readonly triesPerYear: number;
  readonly perYear: number;
  /** Codes guessed on a million cards, with one try less than locks on each. */
  readonly sprayedHits: number;
}

/** @param tokens active tokens of the subject: each has codes of its own (D-13) */
export function guessProbability(purpose: PurposePolicy, card: CardPolicy, tokens = 1): GuessProbability {
  const candidates = (purpose.acceptedPastSteps + 1) * tokens;
  const perTry = Math.min(1, candidates * perCode(purpose.digits));
  const triesPerYear = Math.floor(
    Math.min(
      perYear(purpose.slowTriesMax - 1, purpose.slowTriesIntervalMs),
      perYear(card.triesMax - 1, card.triesIntervalMs),
    ),
  );
  return {
    candidates,
    perTry,
    perLock: chanceIn(perTry, purpose.triesMax),
    triesPerYear,
    perYear: chanceIn(perTry, triesPerYear),
    sprayedHits: SPRAYED_CARDS * chanceIn(perTry, purpose.triesMax - 1),
  };
}

/** Returns the chance of the most frequent code. */
function perCode(digits: number): number {
  return Math.ceil(TRUNCATED_MACS / 10 ** digits) / TRUNCATED_MACS;
}

/** Returns the chance of at least one hit in `tries`. Exact even when `perTry` is tiny. */
function chanceIn(perTry: number, tries: number): number {
  return perTry >= 1 ? Number(tries > 0) : -Math.expm1(tries * Math.log1p(-perTry));
}

function perYear(tries: number, intervalMs: number): number {
  return (tries * YEAR_DAYS * DAY_MS) / intervalMs;
}
