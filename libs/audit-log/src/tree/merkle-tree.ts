// RFC 6962, 2.1 (RFC 9162, 2.1.1): the Merkle tree over the entries of the audit log.
import { sha256 } from '@noble/hashes/sha2.js';

export const HASH_BYTES = 32;
const message = new Uint8Array(1 + 2 * HASH_BYTES);

/** SHA-256(0x00 | entry). */
export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256.create().update(LEAF).update(entry).digest();
}

/** SHA-256(0x01 | left | right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  message[0] = 1;
  message.set(left, 1);
  message.set(right, 1 + HASH_BYTES);
  return sha256(message);
}

/** The two hashes of the tree, of many at once: wherever they are computed, they are the same. */
export interface TreeHash {
  readonly leaves: (entries: readonly Uint8Array[]) => Uint8Array[];
  /** Of each two neighbours their node; one that is left over at the end is left out. */
  readonly nodes: (hashes: readonly Uint8Array[]) => Uint8Array[];
}

const PORTABLE: TreeHash = {
  leaves: (entries) => entries.map(leafHash),
  nodes: (hashes) =>
    Array.from({ length: Math.floor(hashes.length / 2) }, (_, i) =>
      nodeHash(hashes[i * 2] as Uint8Array, hashes[i * 2 + 1] as Uint8Array),
    ),
};
const LEAF = Uint8Array.of(0);
const EMPTY_ROOT = sha256(new Uint8Array());
const ignore = () => {};

/**
 * The right edge of a growing tree: the roots of its complete subtrees, one for each one-bit of its size. Enough to
 * append and to tell the root, in some twenty hashes.
 */
export class TreeEdge {
  #size: number;
  /** By level: the subtree of 2^level leaves, if there is one. */
  readonly #subtrees: (Uint8Array | undefined)[];
  readonly #hash: TreeHash;

  /** @param subtrees by level, undefined where the size has a zero-bit */
  constructor(size = 0, subtrees: readonly (Uint8Array | undefined)[] = [], hash: TreeHash = PORTABLE) {
    this.#size = size;
    this.#subtrees = [...subtrees];
    this.#hash = hash;
  }

  get size(): number {
    return this.#size;
  }

  append(leaf: Uint8Array): void {
    this.appendAll([leaf]);
  }

  /**
   * Level by level: what two neighbours complete is added one level higher, as in adding numbers.
   * @param onRoots told of the roots of all subtrees of 2^level leaves that are completed, in their order
   */
  appendAll(
    leaves: readonly Uint8Array[],
    onRoots: (level: number, roots: readonly Uint8Array[]) => void = ignore,
  ): void {
    let roots = leaves;
    for (let level = 0; roots.length > 0; level++) {
      onRoots(level, roots);
      const waiting = this.#subtrees[level];
      const all = waiting === undefined ? roots : [waiting, ...roots];
      this.#subtrees[level] = all.length % 2 === 1 ? all.at(-1) : undefined;
      roots = this.#hash.nodes(all);
    }
    this.#size += leaves.length;
  }

  root(): Uint8Array {
    return (
      this.#subtrees.reduce((right, left) => {
        if (left === undefined || right === undefined) return left ?? right;
        return this.#hash.nodes([left, right])[0];
      }, undefined) ?? EMPTY_ROOT
    );
  }

  copy(): TreeEdge {
    return new TreeEdge(this.#size, this.#subtrees, this.#hash);
  }
}
