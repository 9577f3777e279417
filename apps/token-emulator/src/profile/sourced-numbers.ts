import { SOURCES, type Source } from '../physics/source.ts';

/** A number of a profile, with its path in the profile and its source. */
export interface SourcedNumber {
  readonly path: string;
  readonly value: number;
  readonly source: Source;
}

/**
 * Thrown for a number without a source: a profile's numbers are written `{ is: 30, source: A }`.
 */
export class UnsourcedNumber extends Error {
  constructor(path: string, why: string) {
    super(`${path}: ${why}`);
    this.name = 'UnsourcedNumber';
  }
}

/**
 * Returns the tree with plain numbers, and the numbers with their sources.
 * @throws UnsourcedNumber
 */
export function takeSources(tree: unknown): { readonly plain: unknown; readonly numbers: readonly SourcedNumber[] } {
  const numbers: SourcedNumber[] = [];
  const plain = (node: unknown, path: string): unknown => {
    if (typeof node === 'number') throw new UnsourcedNumber(path, 'write it as { is: number, source: A }');
    if (Array.isArray(node)) return node.map((one, i) => plain(one, `${path}[${i}]`));
    if (typeof node !== 'object' || node === null) return node;
    if ('is' in node || 'source' in node) return sourced(node, path);
    return Object.fromEntries(Object.entries(node).map(([key, one]) => [key, plain(one, join(path, key))]));
  };
  const sourced = (node: object, path: string): number => {
    const { is, source, ...more } = node as Record<string, unknown>;
    if (typeof is !== 'number' || !SOURCES.includes(source as Source) || Object.keys(more).length > 0) {
      throw new UnsourcedNumber(path, `write it as { is: number, source: ${SOURCES.join('|')} }`);
    }
    numbers.push({ path, value: is, source: source as Source });
    return is;
  };
  return { plain: plain(tree, ''), numbers };
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
