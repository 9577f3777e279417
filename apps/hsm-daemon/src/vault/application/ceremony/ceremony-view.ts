import { type CeremonyView, rosterDigest } from '@ramz/custody';
import { phaseOf } from '../../domain/ceremony/ceremony.ts';
import type { StoredKeys } from '../../store/ledger.ts';
import type { CeremonyRoom } from './ceremony-room.ts';

/** Returns what everyone may see of a ceremony. */
export function ceremonyView({ ceremony, made }: CeremonyRoom, stored: StoredKeys | undefined): CeremonyView {
  const { id, plan, openedBy, sessionKey, roster, confirmed, committed, revealed, given, collected, proved, note } =
    ceremony;
  return {
    id,
    plan,
    opened_by: openedBy,
    session_key: sessionKey,
    roster,
    confirmed,
    revealed,
    given,
    collected,
    proved,
    note,
    root_key_kcv: made?.keys.root.kcv ?? stored?.root.kcv ?? '',
    phase: phaseOf(ceremony),
    roster_digest: rosterDigest(ceremony),
    committed: Object.keys(committed),
  };
}
