import { sha256Hex } from '../hex.ts';
import { canonicalBytes } from '../statement.ts';
import type { CeremonyPlan, Person } from './statements.ts';

/** What a roster is of: the ceremony by its id, its plan, who takes part, and its session key in hexadecimal. */
export interface Roster {
  readonly id: string;
  readonly plan: CeremonyPlan;
  readonly roster: readonly Person[];
  readonly sessionKey: string;
}

/** What each custodian confirms: what is to happen, who takes part with which keys, what to seal to. */
export function rosterDigest({ id, plan, roster, sessionKey }: Roster): string {
  const sorted = roster.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const body = { type: 'roster', ceremony: id, plan, roster: sorted, session_key: sessionKey };
  return sha256Hex(canonicalBytes(body));
}
