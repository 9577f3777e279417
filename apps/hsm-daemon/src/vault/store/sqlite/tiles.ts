import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { HASH_BYTES, nodeHash, TreeEdge } from '../../domain/audit/merkle-tree.ts';
import { LogBroken } from '../log-broken.ts';

const TILE_HEIGHT = 8;
const TILE_HASHES = 2 ** TILE_HEIGHT;

/**
 * The audit tree beside the log: full tiles in the table, the right edge in memory. What a batch adds is
 * written in the batch's own transaction.
 */
export class Tiles {
  readonly #put: StatementSync;
  readonly #get: StatementSync;
  // For each level the hashes behind the last full tile: fewer than 256.
  #open: Uint8Array[][] = [];
  #edge = new TreeEdge();
  // What the running transaction has added, until it is durable.
  #staged: { readonly open: Uint8Array[][]; readonly edge: TreeEdge } | undefined;

  constructor(db: DatabaseSync) {
    this.#put = db.prepare('INSERT INTO tile VALUES (?, ?, ?)');
    this.#get = db.prepare('SELECT hashes FROM tile WHERE level = ? AND number = ?');
  }

  /** The tree of a store that is opened: from its tiles, and the leaves behind the last full one. */
  load(size: number, leavesFrom: (first: number) => Iterable<Uint8Array>): void {
    const full = Math.floor(size / TILE_HASHES);
    this.#open = [];
    for (let level = 0, hashes = full; hashes > 0; level++) {
      const above = Math.floor(hashes / TILE_HASHES);
      this.#open[level + 1] = Array.from({ length: hashes % TILE_HASHES }, (_, i) =>
        this.#tileRoot(level, above * TILE_HASHES + i),
      );
      hashes = above;
    }
    this.#open[0] = [...leavesFrom(full * TILE_HASHES)];
    if (full * TILE_HASHES + this.#open[0].length !== size) throw new LogBroken(size, 'its tree does not fit it');
    this.#edge = this.#edgeAt(size);
  }

  get size(): number {
    return this.#edge.size;
  }

  /** Inside the caller's transaction; `committed` or `rolledBack` says how it ended. */
  append(leaves: readonly Uint8Array[]): void {
    const staged = { open: this.#open.map((hashes) => [...hashes]), edge: this.#edge.copy() };
    for (const leaf of leaves) {
      staged.edge.append(leaf);
      this.#push(staged.open, 0, leaf, Math.floor((staged.edge.size - 1) / TILE_HASHES));
    }
    this.#staged = staged;
  }

  committed(): void {
    if (this.#staged !== undefined) ({ open: this.#open, edge: this.#edge } = this.#staged);
    this.#staged = undefined;
  }

  rolledBack(): void {
    this.#staged = undefined;
  }

  root(): Uint8Array {
    return this.#edge.root();
  }

  /** Root of the complete subtree of 2^level leaves with this number. */
  readonly nodeAt = (level: number, index: number): Uint8Array => {
    const tile_level = Math.floor(level / TILE_HEIGHT);
    const span = 2 ** (level - tile_level * TILE_HEIGHT);
    return fold(this.#hashes(tile_level, index * span, span));
  };

  /** Hashes of a level, which lie in one tile. */
  #hashes(level: number, first: number, count: number): Uint8Array[] {
    const tile = Math.floor(first / TILE_HASHES);
    const at = first % TILE_HASHES;
    const stored = this.#tile(level, tile);
    if (stored !== undefined) return Array.from({ length: count }, (_, i) => hashIn(stored, at + i));
    const open = this.#open[level]?.slice(at, at + count) ?? [];
    if (open.length !== count) throw new RangeError('the tree has no such node');
    return open;
  }

  #push(open: Uint8Array[][], level: number, hash: Uint8Array, tile: number): void {
    const hashes = (open[level] ??= []);
    hashes.push(hash);
    if (hashes.length < TILE_HASHES) return;
    this.#put.run(level, tile, Buffer.concat(hashes));
    open[level] = [];
    this.#push(open, level + 1, fold(hashes), Math.floor(tile / TILE_HASHES));
  }

  #tile(level: number, number: number): Uint8Array | undefined {
    return this.#get.get(level, number)?.['hashes'] as Uint8Array | undefined;
  }

  #tileRoot(level: number, number: number): Uint8Array {
    const stored = this.#tile(level, number);
    if (stored?.length !== TILE_HASHES * HASH_BYTES) {
      throw new LogBroken(number * TILE_HASHES ** (level + 1), 'a tile of its tree is missing');
    }
    return fold(Array.from({ length: TILE_HASHES }, (_, i) => hashIn(stored, i)));
  }

  #edgeAt(size: number): TreeEdge {
    const subtrees: Uint8Array[] = [];
    let first = 0;
    for (let level = Math.floor(Math.log2(Math.max(size, 1))); level >= 0; level--) {
      if (Math.floor(size / 2 ** level) % 2 === 0) continue;
      subtrees.push(this.nodeAt(level, first / 2 ** level));
      first += 2 ** level;
    }
    return new TreeEdge(size, subtrees);
  }
}

function hashIn(tile: Uint8Array, i: number): Uint8Array {
  return tile.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES);
}

/** The root of a power of two of hashes. */
function fold(hashes: readonly Uint8Array[]): Uint8Array {
  let level = hashes;
  while (level.length > 1) {
    level = Array.from({ length: level.length / 2 }, (_, i) =>
      nodeHash(level[i * 2] as Uint8Array, level[i * 2 + 1] as Uint8Array),
    );
  }
  return level[0] as Uint8Array;
}
