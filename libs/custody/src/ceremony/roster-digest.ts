import { sha256Hex } from '../hex.ts';
import { canonicalBytes } from '../statement.ts';
import type { CeremonyPlan, Person } from './statements.ts';

/** Input of a roster digest: ceremony id, plan, participants, session key in hexadecimal. */
export interface Roster {
  readonly id: string;
  readonly plan: CeremonyPlan;
  readonly roster: readonly Person[];
  readonly sessionKey: string;
}

/** Returns the digest that custodians confirm: plan, participants with keys, session key. */
export function rosterDigest({ id, plan, roster, sessionKey }: Roster): string {
  const sorted = roster.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const body = { type: 'roster', ceremony: id, plan, roster: sorted, session_key: sessionKey };
  return sha256Hex(canonicalBytes(body));
}
