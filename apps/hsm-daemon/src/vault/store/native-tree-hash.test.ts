import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leafHash, nodeHash } from '../domain/audit/merkle-tree.ts';
import { nativeTreeHash } from './native-tree-hash.ts';

const plain = (bytes: Uint8Array) => Uint8Array.from(bytes);

it('the hashes of the runtime are those of the portable code, whatever the entry is long', () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1_500 }), hash, hash, (entry, left, right) => {
      expect(plain(nativeTreeHash.leaf(entry))).toEqual(leafHash(entry));
      expect(plain(nativeTreeHash.node(left, right))).toEqual(nodeHash(left, right));
    }),
  );
});
