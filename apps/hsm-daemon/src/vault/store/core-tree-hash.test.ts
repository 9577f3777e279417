import { leafHash, nodeHash } from '@ramz/audit-log';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { coreTreeHash } from './core-tree-hash.ts';

it('the hashes of the core are those of the portable code, however many and however long', () => {
  const short = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 9 });
  const long = fc.array(fc.uint8Array({ maxLength: 1_500 }), { maxLength: 3 });
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(fc.oneof(short, long), fc.array(hash, { maxLength: 11 }), (entries, hashes) => {
      expect(coreTreeHash.leaves(entries)).toEqual(entries.map(leafHash));
      const pairs = Array.from({ length: Math.floor(hashes.length / 2) }, (_, i) => hashes.slice(i * 2, i * 2 + 2));
      expect(coreTreeHash.nodes(hashes)).toEqual(
        pairs.map(([left, right]) => nodeHash(left as Uint8Array, right as Uint8Array)),
      );
    }),
  );
});
