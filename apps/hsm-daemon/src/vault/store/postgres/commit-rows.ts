import { placeOf } from '../../domain/enrolment/standing.ts';
import { type Change, REQUESTS_KEPT_MS } from '../ledger.ts';
import { packEntries } from '../packed-entries.ts';
import { activeIn, writeStanding } from '../standing-text.ts';
import { writeStoredKeys } from '../stored-keys.ts';
import type { Tile } from '../tile-tree.ts';
import type { DecoyRow, Decoys } from './decoys.ts';
import type { Loaded } from './loaded.ts';

/** Everything that one batch writes. */
export interface CommitRows {
  readonly log_id: string;
  readonly first_index: number;
  readonly count: number;
  readonly at_ms: number;
  /** A request that was made at this time or before gives up its key. */
  readonly requests_since_ms: number;
  readonly entries: Uint8Array;
  readonly changed: readonly { readonly place: string; readonly version: number; readonly state: string }[];
  readonly made: readonly { readonly place: string; readonly state: string }[];
  readonly rehearsed: readonly DecoyRow[];
  readonly requests: readonly {
    readonly request_key: string;
    readonly request_digest: string;
    readonly reason: string;
    readonly log_index: number;
  }[];
  readonly tiles: readonly Tile[];
  readonly ceremonies: readonly { readonly log_index: number; readonly id: string }[];
  readonly events: readonly { readonly log_index: number; readonly kind: string }[];
  readonly active_more: number;
  /** Undefined when they stay. */
  readonly keys: { readonly version: number; readonly value: string } | undefined;
}

/** Where a batch comes to stand, and what it was decided on. */
export interface CommitPlace {
  readonly log_id: string;
  readonly first_index: number;
  readonly keys_version: number;
  readonly loaded: Loaded;
  readonly decoys: Decoys;
}

/** @param leaves the entries as bytes, in order. @param tiles that they fill */
export function rowsOf(
  change: Change,
  leaves: readonly Uint8Array[],
  tiles: readonly Tile[],
  { log_id, first_index, keys_version, loaded, decoys }: CommitPlace,
): CommitRows {
  const { at_ms, events, verdicts, keys } = change;
  return {
    log_id,
    first_index,
    count: leaves.length,
    at_ms,
    requests_since_ms: at_ms - REQUESTS_KEPT_MS,
    entries: packEntries(leaves),
    ...standingsOf(change, loaded),
    rehearsed: change.rehearsed
      .filter(({ subject, purpose }) => loaded.at(placeOf(subject, purpose)) === undefined)
      .map((standing) => decoys.rowFor(standing)),
    requests: [...verdicts].map(([request_key, verdict]) => ({ request_key, ...verdict })),
    tiles,
    ceremonies: ceremoniesOf(change, first_index),
    events,
    keys: keys && { version: keys_version, value: writeStoredKeys(keys) },
  };
}

function standingsOf(change: Change, loaded: Loaded): Pick<CommitRows, 'changed' | 'made' | 'active_more'> {
  const places = [...loaded.changedBy(change)].map(([place, standing]) => ({
    place,
    standing,
    before: loaded.at(place),
  }));
  const active = places.map(({ standing, before }) => activeIn(standing) - (before?.active ?? 0));
  return {
    changed: places.flatMap(({ place, standing, before }) =>
      before === undefined ? [] : [{ place, version: before.version, state: writeStanding(standing) }],
    ),
    made: places.flatMap(({ place, standing, before }) =>
      before === undefined ? [{ place, state: writeStanding(standing) }] : [],
    ),
    active_more: active.reduce((sum, more) => sum + more, 0),
  };
}

function ceremoniesOf({ entries }: Change, first_index: number): CommitRows['ceremonies'] {
  return entries.flatMap((entry, i) => {
    const id = entry.kind === 'ceremony' || entry.kind === 'restored' ? entry.ceremony : '';
    return id === '' ? [] : [{ log_index: first_index + i, id }];
  });
}
