// RFC 9162, 2.1.1, with the core's SHA-256, four hashes at a time: a hash is less work than a call
// into a library. Hashes are concatenated in one buffer.

import { type EntryRow, HASH_BYTES } from '@ramz/audit-log';
import { MESSAGE_BYTES_MAX, sha256, sha256Each } from '@ramz/otp-core/messages';

const LEAF = 0;
const NODE = 1;
const NODE_BYTES = 1 + 2 * HASH_BYTES;

/** Returns the leaf hashes of a row's entries, read in place. */
export function leafHashesOf(row: EntryRow): Uint8Array {
  return leafHashes(
    row.count,
    row.bytes,
    (i) => row.startOf(i),
    (i) => row.endOf(i),
  );
}

/** Returns the leaf hashes of separate entries. */
export function leafHashesOfEach(entries: readonly Uint8Array[]): Uint8Array {
  const ends: number[] = [];
  for (const { length } of entries) ends.push((ends.at(-1) ?? 0) + length);
  return leafHashes(
    entries.length,
    Buffer.concat(entries),
    (i) => ends[i - 1] ?? 0,
    (i) => ends[i] as number,
  );
}

type At = (i: number) => number;

function leafHashes(count: number, bytes: Uint8Array, startOf: At, endOf: At): Uint8Array {
  const hashes = new Uint8Array(count * HASH_BYTES);
  let longest = 0;
  for (let i = 0; i < count; i++) longest = Math.max(longest, endOf(i) - startOf(i));
  // A ceremony's statement may be too long to be hashed in a batch.
  if (1 + longest > MESSAGE_BYTES_MAX) {
    for (let i = 0; i < count; i++) hashes.set(leafAlone(bytes.subarray(startOf(i), endOf(i))), i * HASH_BYTES);
    return hashes;
  }
  const write = (i: number, into: Uint8Array) => {
    into[0] = LEAF;
    return copyBytes(bytes, startOf(i), endOf(i), into, 1);
  };
  sha256Each(count, write, (i, digest) => copyBytes(digest, 0, HASH_BYTES, hashes, i * HASH_BYTES));
  return hashes;
}

function leafAlone(entry: Uint8Array): Uint8Array {
  const message = new Uint8Array(1 + entry.length);
  message.set(entry, 1);
  return sha256(message);
}

/** Returns the node over each pair of neighbors. Omits an unpaired hash at the end. */
export function nodeHashes(hashes: Uint8Array): Uint8Array {
  const count = Math.floor(hashes.length / (2 * HASH_BYTES));
  const nodes = new Uint8Array(count * HASH_BYTES);
  const write = (i: number, into: Uint8Array) => {
    into[0] = NODE;
    return copyBytes(hashes, i * 2 * HASH_BYTES, (i + 1) * 2 * HASH_BYTES, into, 1);
  };
  sha256Each(count, write, (i, digest) => copyBytes(digest, 0, HASH_BYTES, nodes, i * HASH_BYTES));
  return nodes;
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const message = new Uint8Array(NODE_BYTES);
  message[0] = NODE;
  message.set(left, 1);
  message.set(right, 1 + HASH_BYTES);
  return sha256(message);
}

/** Copies so few bytes that a call into the engine would cost more. Returns the end offset. */
function copyBytes(from: Uint8Array, start: number, end: number, into: Uint8Array, at: number): number {
  let to = at;
  for (let i = start; i < end; i++) into[to++] = from[i] as number;
  return to;
}
