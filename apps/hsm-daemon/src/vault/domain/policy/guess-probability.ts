// How likely a guess is under a policy (RFC 4226, 7.3 and appendix A.4; its numbers are for one candidate a check).
import type { CardPolicy, PurposePolicy } from './purpose-policy.ts';

const DAY_MS = 24 * 3600 * 1000;
const YEAR_DAYS = 365;
/** A thief of card numbers has them by the million. */
export const SPRAYED_CARDS = 1_000_000;

/** Chances from 0 to 1, of somebody who knows a card number and nothing else. */
export interface GuessProbability {
  /** Live codes that one try is compared with. */
  readonly candidates: number;
  readonly per_try: number;
  /** All tries until the lock. */
  readonly per_lock: number;
  /** Tries of a year that stay just under every limit, the customer's own accepted codes in between. */
  readonly tries_per_year: number;
  readonly per_year: number;
  /** Codes guessed with one try less than locks, on each of a million cards. */
  readonly sprayed_hits: number;
}

/** @param tokens active tokens of the subject: each has codes of its own (D-13) */
export function guessProbability(purpose: PurposePolicy, card: CardPolicy, tokens = 1): GuessProbability {
  const candidates = (purpose.accepted_past_steps + 1) * tokens;
  const per_try = Math.min(1, candidates / 10 ** purpose.digits);
  const tries_per_year = Math.floor(
    Math.min(
      perYear(purpose.slow_tries_max - 1, purpose.slow_tries_interval_ms),
      perYear(card.tries_max - 1, card.tries_interval_ms),
    ),
  );
  return {
    candidates,
    per_try,
    per_lock: chanceIn(per_try, purpose.tries_max),
    tries_per_year,
    per_year: chanceIn(per_try, tries_per_year),
    sprayed_hits: SPRAYED_CARDS * chanceIn(per_try, purpose.tries_max - 1),
  };
}

/** At least one hit in so many tries. Exact also where the chance of one is tiny. */
function chanceIn(per_try: number, tries: number): number {
  return per_try >= 1 ? Number(tries > 0) : -Math.expm1(tries * Math.log1p(-per_try));
}

function perYear(tries: number, interval_ms: number): number {
  return (tries * YEAR_DAYS * DAY_MS) / interval_ms;
}
