import { HASH_BYTES, type NodeAt, rootOfEdge } from '@ramz/audit-log';
import { LogBroken } from './store-errors.ts';
import { nodeHash, nodeHashes } from './tree-hashes.ts';

const TILE_HEIGHT = 8;
export const TILE_HASHES: number = 2 ** TILE_HEIGHT;
const TILE_BYTES = TILE_HASHES * HASH_BYTES;

/** 256 hashes of one level: level 0 has those of entries, level 1 the roots of level 0's tiles. */
export interface Tile {
  readonly level: number;
  readonly number: number;
  readonly hashes: Uint8Array;
}

/** Returns the hashes of a full tile, as the store has them. */
export type TileAt = (level: number, number: number) => Uint8Array | undefined;

/** The part of the tree outside full tiles. Immutable: a batch has its own until it is durable. */
interface RightEdge {
  readonly size: number;
  /** For each level of tiles, the hashes after the last full tile: fewer than 256. */
  readonly open: readonly Uint8Array[];
  /** By level: the root of the complete subtree of 2^level leaves at the end, if there is one. */
  readonly subtrees: readonly (Uint8Array | undefined)[];
}

const NOTHING = new Uint8Array();
const EMPTY: RightEdge = { size: 0, open: [], subtrees: [] };

/**
 * The audit tree beside the log (ADR 0009): full tiles in the store, the right edge in memory. A
 * batch's tiles are written in the batch's own transaction and count once that is durable.
 */
export class TileTree {
  #edge: RightEdge = EMPTY;
  #staged: RightEdge | undefined;

  get size(): number {
    return this.#edge.size;
  }

  root(): Uint8Array {
    return rootOfEdge(this.#edge.subtrees, nodeHash);
  }

  /** Returns the first leaf that is not in a full tile. */
  static firstOpenLeaf(size: number): number {
    return Math.floor(size / TILE_HASHES) * TILE_HASHES;
  }

  /**
   * Loads the tree of an existing log.
   * @param leaves hashes of the entries from `firstOpenLeaf` on, concatenated
   */
  static of(size: number, tileAt: TileAt, leaves: Uint8Array): TileTree {
    const tree = new TileTree();
    tree.#load(size, tileAt, leaves);
    return tree;
  }

  #load(size: number, tileAt: TileAt, leaves: Uint8Array): void {
    const full = Math.floor(size / TILE_HASHES);
    if (full * TILE_BYTES + leaves.length !== size * HASH_BYTES) throw new LogBroken(size, 'its tree and size differ');
    const open = [leaves];
    for (let level = 0, tiles = full; tiles > 0; level++) {
      const above = Math.floor(tiles / TILE_HASHES);
      const first = above * TILE_HASHES;
      const roots = Array.from({ length: tiles - first }, (_, i) => tileRoot(tileAt, level, first + i));
      open[level + 1] = Buffer.concat(roots);
      tiles = above;
    }
    this.#edge = { size, open, subtrees: [] };
    this.#edge = { size, open, subtrees: subtreesOf(size, this.nodes(tileAt)) };
  }

  /**
   * Adds leaves. Returns the tiles that they fill, which must be written.
   * @param leaves hashes, concatenated
   */
  stage(leaves: Uint8Array): Tile[] {
    const { size } = this.#edge;
    const open = [...this.#edge.open];
    const subtrees = [...this.#edge.subtrees];
    const full: Tile[] = [];
    // Like carrying in addition: a pair of neighbors yields a hash to add one level higher.
    let roots = leaves;
    for (let level = 0; roots.length > 0; level++) {
      if (level % TILE_HEIGHT === 0) open[level / TILE_HEIGHT] = intoTiles(level, size, open, roots, full);
      const waiting = subtrees[level];
      const all = waiting === undefined ? roots : Buffer.concat([waiting, roots]);
      const isOdd = (all.length / HASH_BYTES) % 2 === 1;
      subtrees[level] = isOdd ? all.slice(all.length - HASH_BYTES) : undefined;
      roots = nodeHashes(all);
    }
    this.#staged = { size: size + leaves.length / HASH_BYTES, open, subtrees };
    return full;
  }

  /** Adopts what was staged, which is now durable. */
  committed(): void {
    this.#edge = this.#staged ?? this.#edge;
    this.#staged = undefined;
  }

  rolledBack(): void {
    this.#staged = undefined;
  }

  /** Returns a lookup of the root of a complete subtree of 2^level leaves, by its number. */
  nodes(tileAt: TileAt): NodeAt {
    return (level, index) => {
      const tileLevel = Math.floor(level / TILE_HEIGHT);
      const span = 2 ** (level - tileLevel * TILE_HEIGHT);
      return fold(this.#hashes(tileAt, tileLevel, index * span, span));
    };
  }

  /** Returns hashes of a level that lie in one tile. */
  #hashes(tileAt: TileAt, level: number, first: number, count: number): Uint8Array {
    const number = Math.floor(first / TILE_HASHES);
    const from = (first % TILE_HASHES) * HASH_BYTES;
    const end = from + count * HASH_BYTES;
    const tile = number === this.#openTile(level) ? this.#edge.open[level] : wholeTile(tileAt(level, number));
    if (tile === undefined || end > tile.length) throw new RangeError('the tree has no such node');
    return tile.subarray(from, end);
  }

  /** Returns the number of a level's tile that is not full yet. */
  #openTile(level: number): number {
    return Math.floor(this.#edge.size / TILE_HASHES ** (level + 1));
  }
}

/** Adds roots to the open tile of a level, and filled tiles to `full`. Returns what stays open. */
function intoTiles(
  level: number,
  size: number,
  open: readonly Uint8Array[],
  roots: Uint8Array,
  full: Tile[],
): Uint8Array {
  const tileLevel = level / TILE_HEIGHT;
  const all = Buffer.concat([open[tileLevel] ?? NOTHING, roots]);
  const first = Math.floor(size / 2 ** (level + TILE_HEIGHT));
  let done = 0;
  for (; done + TILE_BYTES <= all.length; done += TILE_BYTES) {
    const number = first + done / TILE_BYTES;
    full.push({ level: tileLevel, number, hashes: all.subarray(done, done + TILE_BYTES) });
  }
  // Copies the small remainder: a view would keep the whole buffer in memory.
  return done === 0 ? all : Uint8Array.from(all.subarray(done));
}

function wholeTile(stored: Uint8Array | undefined): Uint8Array | undefined {
  return stored?.length === TILE_BYTES ? stored : undefined;
}

function tileRoot(tileAt: TileAt, level: number, number: number): Uint8Array {
  const stored = wholeTile(tileAt(level, number));
  if (stored === undefined) {
    throw new LogBroken(number * TILE_HASHES ** (level + 1), 'a tile of its tree is missing');
  }
  return fold(stored);
}

function subtreesOf(size: number, nodeAt: NodeAt): RightEdge['subtrees'] {
  const levels = size === 0 ? 0 : Math.floor(Math.log2(size)) + 1;
  return Array.from({ length: levels }, (_, level) => {
    const complete = Math.floor(size / 2 ** level);
    return complete % 2 === 1 ? nodeAt(level, complete - 1) : undefined;
  });
}

/** Returns the root over a power of two of hashes. */
function fold(hashes: Uint8Array): Uint8Array {
  let level = hashes;
  while (level.length > HASH_BYTES) level = nodeHashes(level);
  return level.slice();
}
