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

/** The two hashes of the tree: wherever it is computed, they are the same. */
export interface TreeHash {
  readonly leaf: (entry: Uint8Array) => Uint8Array;
  readonly node: (left: Uint8Array, right: Uint8Array) => Uint8Array;
}

const PORTABLE: TreeHash = { leaf: leafHash, node: nodeHash };
const LEAF = Uint8Array.of(0);
const EMPTY_ROOT = sha256(new Uint8Array());

const ignore = () => {};

/**
 * The right edge of a growing tree: the roots of its complete subtrees, the largest first. Enough to append
 * and to tell the root, in some twenty hashes.
 */
export class TreeEdge {
  #size: number;
  readonly #subtrees: Uint8Array[];
  readonly #hash: TreeHash;

  constructor(size = 0, subtrees: readonly Uint8Array[] = [], hash: TreeHash = PORTABLE) {
    this.#size = size;
    this.#subtrees = [...subtrees];
    this.#hash = hash;
  }

  get size(): number {
    return this.#size;
  }

  /** @param onSubtree told of the leaf (level 0), and of the root of each complete subtree of 2^level that it completes */
  append(leaf: Uint8Array, onSubtree: (level: number, root: Uint8Array) => void = ignore): void {
    let subtree = leaf;
    let level = 0;
    onSubtree(level, subtree);
    // One subtree for each one-bit of the size: adding a leaf carries like adding one.
    for (let carry = this.#size; carry % 2 === 1; carry = Math.floor(carry / 2)) {
      subtree = this.#hash.node(this.#subtrees.pop() as Uint8Array, subtree);
      level += 1;
      onSubtree(level, subtree);
    }
    this.#subtrees.push(subtree);
    this.#size += 1;
  }

  root(): Uint8Array {
    return (
      this.#subtrees.reduceRight<Uint8Array | undefined>(
        (right, left) => (right === undefined ? left : this.#hash.node(left, right)),
        undefined,
      ) ?? EMPTY_ROOT
    );
  }

  copy(): TreeEdge {
    return new TreeEdge(this.#size, this.#subtrees, this.#hash);
  }
}
