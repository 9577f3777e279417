import { HASH_BYTES, type NodeAt, TreeEdge } from '@ramz/audit-log';
import { coreTreeHash } from './core-tree-hash.ts';
import { LogBroken } from './store-errors.ts';

const TILE_HEIGHT = 8;
export const TILE_HASHES: number = 2 ** TILE_HEIGHT;
const TILE_BYTES = TILE_HASHES * HASH_BYTES;

/** 256 hashes of one level of the tree: level 0 holds those of the entries, level 1 the roots of level 0's tiles. */
export interface Tile {
  readonly level: number;
  readonly number: number;
  readonly hashes: Uint8Array;
}

/** A full tile as the store has it. */
export type TileAt = (level: number, number: number) => Uint8Array | undefined;

/**
 * The audit tree beside the log (ADR 0009): full tiles in the store, the right edge in memory. What a batch adds is
 * written in the batch's own transaction, and counts when that is durable.
 */
export class TileTree {
  // For each level the hashes behind the last full tile: fewer than 256.
  #open: Uint8Array[][] = [];
  #edge = new TreeEdge(0, [], coreTreeHash);
  #size = 0;
  #staged: { readonly open: Uint8Array[][]; readonly edge: TreeEdge } | undefined;

  get size(): number {
    return this.#size;
  }

  root(): Uint8Array {
    return this.#edge.root();
  }

  /** Leaves before this one are in full tiles. */
  static firstOpenLeaf(size: number): number {
    return Math.floor(size / TILE_HASHES) * TILE_HASHES;
  }

  /** The tree of a log that is opened: from its tiles, and the leaves from `firstOpenLeaf` on. */
  static of(size: number, tileAt: TileAt, leaves: readonly Uint8Array[]): TileTree {
    const tree = new TileTree();
    tree.#load(size, tileAt, leaves);
    return tree;
  }

  #load(size: number, tileAt: TileAt, leaves: readonly Uint8Array[]): void {
    const full = Math.floor(size / TILE_HASHES);
    if (full * TILE_HASHES + leaves.length !== size) throw new LogBroken(size, 'its tree does not fit it');
    const open: Uint8Array[][] = [[...leaves]];
    for (let level = 0, hashes = full; hashes > 0; level++) {
      const above = Math.floor(hashes / TILE_HASHES);
      open[level + 1] = Array.from({ length: hashes % TILE_HASHES }, (_, i) =>
        tileRoot(tileAt, level, above * TILE_HASHES + i),
      );
      hashes = above;
    }
    this.#open = open;
    this.#size = size;
    this.#edge = edgeAt(size, this.nodes(tileAt));
  }

  /** Adds leaves; the tiles that are full with them are to be written. */
  stage(leaves: readonly Uint8Array[]): Tile[] {
    const staged = { open: this.#open.map((hashes) => [...hashes]), edge: this.#edge.copy() };
    const full: Tile[] = [];
    staged.edge.appendAll(leaves, (level, roots) => {
      if (level % TILE_HEIGHT !== 0) return;
      const first = Math.floor(this.#size / 2 ** level);
      roots.forEach((root, i) => push(staged.open, level / TILE_HEIGHT, first + i, root, full));
    });
    this.#staged = staged;
    return full;
  }

  /** What was staged is durable. */
  committed(): void {
    if (this.#staged !== undefined) ({ open: this.#open, edge: this.#edge } = this.#staged);
    this.#size = this.#edge.size;
    this.#staged = undefined;
  }

  rolledBack(): void {
    this.#staged = undefined;
  }

  /** Root of the complete subtree of 2^level leaves with this number. */
  nodes(tileAt: TileAt): NodeAt {
    return (level, index) => {
      const tileLevel = Math.floor(level / TILE_HEIGHT);
      const span = 2 ** (level - tileLevel * TILE_HEIGHT);
      return fold(this.#hashes(tileAt, tileLevel, index * span, span));
    };
  }

  /** Hashes of a level, which lie in one tile. */
  #hashes(tileAt: TileAt, level: number, first: number, count: number): Uint8Array[] {
    const number = Math.floor(first / TILE_HASHES);
    const at = first % TILE_HASHES;
    const open = number === this.#openTile(level) ? this.#open[level] : undefined;
    if (open === undefined) {
      const stored = tileAt(level, number);
      if (stored?.length !== TILE_BYTES) throw new RangeError('the tree has no such node');
      return Array.from({ length: count }, (_, i) => hashIn(stored, at + i));
    }
    const hashes = open.slice(at, at + count);
    if (hashes.length !== count) throw new RangeError('the tree has no such node');
    return hashes;
  }

  /** Number of the tile of a level that is not full yet. */
  #openTile(level: number): number {
    return Math.floor(this.#size / TILE_HASHES ** (level + 1));
  }
}

/** @param index of the hash among all of its level */
function push(open: Uint8Array[][], level: number, index: number, hash: Uint8Array, full: Tile[]): void {
  const hashes = (open[level] ??= []);
  hashes.push(hash);
  if (hashes.length < TILE_HASHES) return;
  full.push({ level, number: Math.floor(index / TILE_HASHES), hashes: Buffer.concat(hashes) });
  open[level] = [];
}

function tileRoot(tileAt: TileAt, level: number, number: number): Uint8Array {
  const stored = tileAt(level, number);
  if (stored?.length !== TILE_BYTES) {
    throw new LogBroken(number * TILE_HASHES ** (level + 1), 'a tile of its tree is missing');
  }
  return fold(Array.from({ length: TILE_HASHES }, (_, i) => hashIn(stored, i)));
}

function edgeAt(size: number, nodeAt: NodeAt): TreeEdge {
  const levels = size === 0 ? 0 : Math.floor(Math.log2(size)) + 1;
  const subtrees = Array.from({ length: levels }, (_, level) => {
    const complete = Math.floor(size / 2 ** level);
    return complete % 2 === 1 ? nodeAt(level, complete - 1) : undefined;
  });
  return new TreeEdge(size, subtrees, coreTreeHash);
}

function hashIn(tile: Uint8Array, i: number): Uint8Array {
  return tile.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES);
}

/** The root of a power of two of hashes. */
function fold(hashes: readonly Uint8Array[]): Uint8Array {
  let level = hashes;
  while (level.length > 1) level = coreTreeHash.nodes(level);
  return level[0] as Uint8Array;
}
