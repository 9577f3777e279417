import { activeIn, placeOf } from '../../domain/enrolment/standing.ts';
import { type Change, REQUESTS_KEPT_MS } from '../ledger.ts';
import { writeStanding } from '../standing-text.ts';
import { writeStoredKeys } from '../stored-keys.ts';
import type { Tile } from '../tile-tree.ts';
import type { DecoyRow, Decoys } from './decoys.ts';
import type { LoadedRows } from './loaded.ts';

/** Everything that one batch writes. */
export interface CommitRows {
  readonly logId: string;
  readonly firstIndex: number;
  readonly count: number;
  readonly atMs: number;
  /** A request that was made at this time or before gives up its key. */
  readonly requestsSinceMs: number;
  readonly entries: Uint8Array;
  readonly changed: readonly { readonly place: string; readonly version: number; readonly state: string }[];
  readonly made: readonly { readonly place: string; readonly state: string }[];
  readonly rehearsed: readonly DecoyRow[];
  readonly requests: readonly {
    readonly requestKey: string;
    readonly requestDigest: string;
    readonly reason: string;
    readonly logIndex: number;
  }[];
  readonly tiles: readonly Tile[];
  readonly ceremonies: readonly { readonly logIndex: number; readonly id: string }[];
  readonly events: readonly { readonly logIndex: number; readonly kind: string }[];
  readonly activeMore: number;
  /** Undefined when they stay. */
  readonly keys: { readonly version: number; readonly value: string } | undefined;
}

/** Where a batch comes to stand, and what it was decided on. */
export interface CommitPlace {
  readonly logId: string;
  readonly firstIndex: number;
  readonly keysVersion: number;
  readonly loaded: LoadedRows;
  readonly decoys: Decoys;
}

/** @param tiles that its entries fill */
export function rowsOf(
  change: Change,
  tiles: readonly Tile[],
  { logId, firstIndex, keysVersion, loaded, decoys }: CommitPlace,
): CommitRows {
  const { atMs, row, events, ceremonies, names, answered, keys } = change;
  return {
    logId,
    firstIndex,
    count: row.count,
    atMs,
    requestsSinceMs: atMs - REQUESTS_KEPT_MS,
    entries: row.bytes,
    ...standingsOf(change, loaded),
    rehearsed: change.rehearsed
      .filter(({ subject, purpose }) => loaded.at(placeOf(subject, purpose)) === undefined)
      .map((standing) => decoys.rowFor(standing)),
    requests: answered.map(({ request, logIndex, reason }) => ({
      requestKey: names.keyOf(request),
      requestDigest: names.digestOf(request),
      reason,
      logIndex,
    })),
    tiles,
    ceremonies,
    events,
    keys: keys && { version: keysVersion, value: writeStoredKeys(keys) },
  };
}

function standingsOf(change: Change, loaded: LoadedRows): Pick<CommitRows, 'changed' | 'made' | 'activeMore'> {
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
    activeMore: active.reduce((sum, more) => sum + more, 0),
  };
}
