// RFC 9162, 2.1.1, by the core's SHA-256: a verdict costs two of these, and each is less work than a call into a library.
import { sha256 } from '@ramz/otp-core';
import { HASH_BYTES, type TreeHash } from '../domain/audit/merkle-tree.ts';

const LEAF_BYTES = 512;
const leaf_message = new Uint8Array(LEAF_BYTES);
const node_message = new Uint8Array(1 + 2 * HASH_BYTES).fill(1, 0, 1);

export const coreTreeHash: TreeHash = {
  leaf(entry) {
    const fits = entry.length < LEAF_BYTES;
    const message = fits ? leaf_message.subarray(0, 1 + entry.length) : new Uint8Array(1 + entry.length);
    message.set(entry, 1);
    return sha256(message);
  },
  node(left, right) {
    node_message.set(left, 1);
    node_message.set(right, 1 + HASH_BYTES);
    return sha256(node_message);
  },
};
