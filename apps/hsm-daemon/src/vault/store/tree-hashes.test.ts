import { EntryRow, leafHash, nodeHash } from '@ramz/audit-log';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leafHashesOf, leafHashesOfEach, nodeHashes } from './tree-hashes.ts';

const apart = (hashes: Uint8Array) =>
  Array.from({ length: hashes.length / 32 }, (_, i) => hashes.slice(i * 32, i * 32 + 32));

it('hashes leaves and nodes like the portable code, for any number and length', () => {
  const short = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 9 });
  const long = fc.array(fc.uint8Array({ maxLength: 1_500 }), { maxLength: 3 });
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(fc.oneof(short, long), fc.array(hash, { maxLength: 11 }), (entries, hashes) => {
      expect(apart(leafHashesOfEach(entries))).toEqual(entries.map(leafHash));
      const pairs = Array.from({ length: Math.floor(hashes.length / 2) }, (_, i) => hashes.slice(i * 2, i * 2 + 2));
      expect(apart(nodeHashes(Buffer.concat(hashes)))).toEqual(
        pairs.map(([left, right]) => nodeHash(left as Uint8Array, right as Uint8Array)),
      );
    }),
  );
});

it('hashes entries in place in their row', () => {
  const row = new EntryRow();
  for (const reason of ['a', 'b', 'c'.repeat(200)])
    row.add({ kind: 'refusal', atMs: 1, caller: 'x', rpc: 'y', reason });
  const entries = Array.from({ length: 3 }, (_, i) => row.bytes.slice(row.startOf(i), row.endOf(i)));
  expect(apart(leafHashesOf(row))).toEqual(entries.map(leafHash));
});
