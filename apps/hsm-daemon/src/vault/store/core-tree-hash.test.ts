import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leafHash, nodeHash } from '../domain/audit/merkle-tree.ts';
import { coreTreeHash } from './core-tree-hash.ts';

it('the hashes of the core are those of the portable code, whatever the entry is long', () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1_500 }), hash, hash, (entry, left, right) => {
      expect(coreTreeHash.leaf(entry)).toEqual(leafHash(entry));
      expect(coreTreeHash.node(left, right)).toEqual(nodeHash(left, right));
    }),
  );
});
