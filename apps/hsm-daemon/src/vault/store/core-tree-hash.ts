// RFC 9162, 2.1.1, by the core's SHA-256, four hashes at a time: each is less work than a call into a library.

import { HASH_BYTES, type TreeHash } from '@ramz/audit-log';
import { MESSAGE_BYTES_MAX, sha256, sha256Each } from '@ramz/otp-core/messages';

const LEAF = 0;
const NODE = 1;
const NODE_BYTES = 1 + 2 * HASH_BYTES;

export const coreTreeHash: TreeHash = {
  leaves(entries) {
    if (!entries.every(({ length }) => length < MESSAGE_BYTES_MAX)) return entries.map(leafAlone);
    return digests(entries.length, (i, into) => {
      const entry = entries[i] as Uint8Array;
      into[0] = LEAF;
      into.set(entry, 1);
      return 1 + entry.length;
    });
  },
  nodes(hashes) {
    return digests(Math.floor(hashes.length / 2), (i, into) => {
      into[0] = NODE;
      into.set(hashes[i * 2] as Uint8Array, 1);
      into.set(hashes[i * 2 + 1] as Uint8Array, 1 + HASH_BYTES);
      return NODE_BYTES;
    });
  },
};

/** A ceremony's statement may be longer than what is hashed together. */
function leafAlone(entry: Uint8Array): Uint8Array {
  const message = new Uint8Array(1 + entry.length);
  message.set(entry, 1);
  return sha256(message);
}

function digests(count: number, write: (i: number, into: Uint8Array) => number): Uint8Array[] {
  const all: Uint8Array[] = [];
  sha256Each(count, write, (_, digest) => all.push(digest.slice()));
  return all;
}
