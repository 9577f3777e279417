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

const LEAF = Uint8Array.of(0);
const EMPTY_ROOT = sha256(new Uint8Array());

/**
 * The right edge of a growing tree: the roots of its complete subtrees, one for each one-bit of its
 * size. Enough to append a leaf and to compute the root, in some twenty hashes.
 */
export class TreeEdge {
  #size = 0;
  /** By level: the root of the subtree of 2^level leaves, if there is one. */
  readonly #subtrees: (Uint8Array | undefined)[] = [];

  get size(): number {
    return this.#size;
  }

  /** Appends a leaf. Two neighbors combine a level higher, like a carry in addition. */
  append(leaf: Uint8Array): void {
    let root = leaf;
    let level = 0;
    for (let left = this.#subtrees[level]; left !== undefined; left = this.#subtrees[level]) {
      root = nodeHash(left, root);
      this.#subtrees[level++] = undefined;
    }
    this.#subtrees[level] = root;
    this.#size += 1;
  }

  root(): Uint8Array {
    return rootOfEdge(this.#subtrees, nodeHash);
  }
}

/** Returns the root of the tree with these complete subtrees at its right edge, by level. */
export function rootOfEdge(
  subtrees: readonly (Uint8Array | undefined)[],
  node: (left: Uint8Array, right: Uint8Array) => Uint8Array,
): Uint8Array {
  const root = subtrees.reduce((right, left) => {
    if (left === undefined || right === undefined) return left ?? right;
    return node(left, right);
  }, undefined);
  return root ?? EMPTY_ROOT;
}
