// RFC 9162, 2.1.3 (inclusion) and 2.1.4 (consistency).
import { sameBytes } from '@ramz/custody';
import { nodeHash, TreeEdge } from './merkle-tree.ts';

/** Returns the hash of the complete subtree of 2^level leaves from leaf `index * 2^level`. */
export type NodeAt = (level: number, index: number) => Uint8Array;

/** Returns the audit path of leaf `index` in the tree of the first `size` leaves. */
export function inclusionProof(index: number, size: number, nodeAt: NodeAt): Uint8Array[] {
  if (index < 0 || index >= size) throw new RangeError('the entry is not in a tree of this size');
  return path(index, 0, size, nodeAt);
}

/** Returns the proof that the tree of `size` leaves begins with the tree of `from` leaves. */
export function consistencyProof(from: number, size: number, nodeAt: NodeAt): Uint8Array[] {
  if (from < 1 || from > size) throw new RangeError('the smaller tree has 1 to as many leaves as the larger');
  return from === size ? [] : subproof(from, 0, size, true, nodeAt);
}

/** Returns the root of the tree of the first `size` leaves. */
export function treeRootAt(size: number, nodeAt: NodeAt): Uint8Array {
  return size === 0 ? new TreeEdge().root() : rangeRoot(0, size, nodeAt);
}

/** Returns the root of `count` leaves from `first`, a multiple of the subtree it begins. */
export function rangeRoot(first: number, count: number, nodeAt: NodeAt): Uint8Array {
  const half = split(count);
  if (count === half * 2 || count === 1) return nodeAt(Math.log2(count), first / count);
  return nodeHash(rangeRoot(first, half, nodeAt), rangeRoot(first + half, count - half, nodeAt));
}

/** @returns the root that the path leads to, to be compared with the signed one */
export function rootFromInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
): Uint8Array | undefined {
  if (index < 0 || index >= size) return undefined;
  let [fn, sn] = [index, size - 1];
  let root = leaf;
  for (const hash of proof) {
    if (sn === 0) return undefined;
    if (fn % 2 === 1 || fn === sn) {
      root = nodeHash(hash, root);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else root = nodeHash(root, hash);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 ? root : undefined;
}

/** Returns whether the tree `later` begins with the tree `former`. */
export function consistencyHolds(
  former: { readonly size: number; readonly root: Uint8Array },
  later: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (former.size === later.size) return proof.length === 0 && sameBytes(former.root, later.root);
  if (former.size < 1 || former.size > later.size) return false;
  const exact = Number.isInteger(Math.log2(former.size));
  const [first, ...rest] = exact ? [former.root, ...proof] : proof;
  if (first === undefined || rest.length === 0) return false;
  const roots = climb(first, rest, former.size - 1, later.size - 1);
  return roots !== undefined && sameBytes(roots.former, former.root) && sameBytes(roots.later, later.root);
}

/** Returns both roots that a consistency path leads to; undefined for a wrong length. */
function climb(first: Uint8Array, path: readonly Uint8Array[], ofFormer: number, ofLater: number) {
  let [fn, sn] = [ofFormer, ofLater];
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)];
  let [former, later] = [first, first];
  for (const hash of path) {
    if (sn === 0) return undefined;
    if (fn % 2 === 1 || fn === sn) {
      [former, later] = [nodeHash(hash, former), nodeHash(hash, later)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else later = nodeHash(later, hash);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 ? { former, later } : undefined;
}

function path(index: number, first: number, size: number, nodeAt: NodeAt): Uint8Array[] {
  if (size === 1) return [];
  const k = split(size);
  return index < k
    ? [...path(index, first, k, nodeAt), rangeRoot(first + k, size - k, nodeAt)]
    : [...path(index - k, first + k, size - k, nodeAt), rangeRoot(first, k, nodeAt)];
}

function subproof(from: number, first: number, size: number, whole: boolean, nodeAt: NodeAt): Uint8Array[] {
  if (from === size) return whole ? [] : [rangeRoot(first, size, nodeAt)];
  const k = split(size);
  return from <= k
    ? [...subproof(from, first, k, whole, nodeAt), rangeRoot(first + k, size - k, nodeAt)]
    : [...subproof(from - k, first + k, size - k, false, nodeAt), rangeRoot(first, k, nodeAt)];
}

/** Returns the largest power of two below `size`; 1 for a size of 1, which no caller uses. */
function split(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

// Sizes can exceed 2^31: no shifts.
function half(value: number): number {
  return Math.floor(value / 2);
}
