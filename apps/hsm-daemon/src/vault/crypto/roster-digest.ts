import { canonicalBytes, sha256Hex } from '@ramz/custody';
import type { Ceremony } from '../domain/ceremony/ceremony.ts';

/** What each custodian confirms: what is to happen, who takes part with which keys, what to seal to. */
export function rosterDigest({ id, plan, roster, sessionKey }: Ceremony): string {
  const sorted = roster.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return sha256Hex(canonicalBytes({ type: 'roster', ceremony: id, plan, roster: sorted, session_key: sessionKey }));
}
