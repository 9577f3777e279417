import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafHash, TreeEdge } from './merkle-tree.ts';
import {
  consistencyHolds,
  consistencyProof,
  inclusionProof,
  type NodeAt,
  rangeRoot,
  rootFromInclusion,
} from './proofs.ts';

const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (leaf) => Buffer.from(leaf, 'hex'),
);

/** Computes nodes from all leaves, by the definition: the tiles must give the same. */
const nodes = (leaves: readonly Uint8Array[]): NodeAt => {
  const nodeAt: NodeAt = (level, index) => {
    const edge = new TreeEdge();
    for (const leaf of leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)) edge.append(leaf);
    return edge.root();
  };
  return nodeAt;
};
const rootOf = (leaves: readonly Uint8Array[]) => {
  const edge = new TreeEdge();
  for (const leaf of leaves) edge.append(leaf);
  return edge.root();
};

const VECTORS = new URL('../../../../../shared/vectors/merkle/rfc6962-reference.json', import.meta.url);
describe.runIf(existsSync(VECTORS))('the reference tree of RFC 6962', () => {
  interface Vectors {
    readonly empty_root: string;
    readonly leaves: string[];
    readonly roots: string[];
    readonly inclusion: { index: number; size: number; path: string[] }[];
    readonly consistency: { from: number; to: number; proof: string[] }[];
  }
  const read = () => JSON.parse(readFileSync(VECTORS, 'utf8')) as Vectors;
  it('has the expected roots', () => {
    const vectors = read();
    expect(hex(rootOf([]))).toBe(vectors.empty_root);
    const leaves = vectors.leaves.map((leaf) => leafHash(Buffer.from(leaf, 'hex')));
    vectors.roots.forEach((root, i) => expect(hex(rootOf(leaves.slice(0, i + 1)))).toBe(root));
  });
  it('has the expected proofs', () => {
    const vectors = read();
    const nodeAt = nodes(vectors.leaves.map((leaf) => leafHash(Buffer.from(leaf, 'hex'))));
    for (const { index, size, path } of vectors.inclusion)
      expect(inclusionProof(index, size, nodeAt).map(hex)).toEqual(path);
    for (const { from, to, proof } of vectors.consistency)
      expect(consistencyProof(from, to, nodeAt).map(hex)).toEqual(proof);
  });
});

describe('proofs', () => {
  const leaves = [...LEAVES, ...LEAVES.map((leaf) => Buffer.concat([leaf, Buffer.of(1)])), Buffer.of(9)].map(leafHash);
  const nodeAt = nodes(leaves);

  it('prove every leaf of every size, and no other leaf in its place', () => {
    for (let size = 1; size <= leaves.length; size++)
      for (let index = 0; index < size; index++) {
        const proof = inclusionProof(index, size, nodeAt);
        const root = hex(rootOf(leaves.slice(0, size)));
        expect(hex(rootFromInclusion(leaves[index] as Uint8Array, index, size, proof))).toBe(root);
        expect(hex(rootFromInclusion(leafHash(Buffer.of(77)), index, size, proof))).not.toBe(root);
        if (size > 1)
          expect(hex(rootFromInclusion(leaves[index] as Uint8Array, (index + 1) % size, size, proof))).not.toBe(root);
      }
  });

  it('prove that each tree is the beginning of every larger one, and of no forked one', () => {
    const forked = [...leaves];
    forked[2] = leafHash(Buffer.of(66));
    for (let size = 1; size <= leaves.length; size++)
      for (let from = 1; from <= size; from++) {
        const proof = consistencyProof(from, size, nodeAt);
        const [former, later] = [from, size].map((n) => ({ size: n, root: rootOf(leaves.slice(0, n)) })) as [
          { size: number; root: Uint8Array },
          { size: number; root: Uint8Array },
        ];
        expect(consistencyHolds(former, later, proof)).toBe(true);
        const fork = { size, root: rootOf(forked.slice(0, size)) };
        if (size > 2)
          expect(consistencyHolds(former, fork, consistencyProof(from, size, nodes(forked)))).toBe(from < 3);
        if (size > 2) expect(consistencyHolds(former, fork, proof)).toBe(false);
        if (proof.length > 0) expect(consistencyHolds(former, later, proof.slice(1))).toBe(false);
      }
  });

  it('use the root of its leaves as the root of a range', () => {
    for (let size = 1; size <= leaves.length; size++)
      expect(hex(rangeRoot(0, size, nodeAt))).toBe(hex(rootOf(leaves.slice(0, size))));
  });

  it('are not valid when they are random bytes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 8 }),
        fc.nat(16),
        (proof, index) => {
          expect(hex(rootFromInclusion(leaves[3] as Uint8Array, index, 17, proof))).not.toBe(hex(rootOf(leaves)));
        },
      ),
    );
  });
});
