// The TypeScript of the repository, as files and as syntax trees.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'rolldown/parseAst';

export const ROOT: string = fileURLToPath(new URL('../../', import.meta.url));

/** A node of a syntax tree (ESTree with TypeScript). */
export interface SyntaxNode {
  readonly type: string;
  readonly [field: string]: unknown;
}

export function filesLike(pattern: string): string[] {
  const known = ['ls-files', '--cached', '--others', '--exclude-standard', pattern];
  return execFileSync('git', known, { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter((file) => file !== '' && !file.includes('/gen/') && existsSync(`${ROOT}${file}`));
}

export function readFile(file: string): string {
  return readFileSync(`${ROOT}${file}`, 'utf8');
}

/**
 * Every TypeScript file except generated ones and AssemblyScript, which only looks like TypeScript.
 */
export const typescript: readonly string[] = filesLike('*.ts').filter(
  (file) => !/^libs\/[^/]+\/(kernel\/|src\/kernel\/.*-bytes\.ts$)/.test(file),
);

/** The code that ships: sources of apps and libraries, without tests. */
export const source: readonly string[] = filesLike('*.ts').filter(
  (file) => /^(apps|libs)\/[^/]+\/src\//.test(file) && !file.endsWith('.test.ts'),
);

export function parse(file: string): SyntaxNode {
  return parseText(readFile(file));
}

export function parseText(text: string): SyntaxNode {
  return parseAst(text, { lang: 'ts' }) as unknown as SyntaxNode;
}

/** Yields `node` and every node below it, each with the nodes above it, nearest last. */
export function* nodesIn(
  node: SyntaxNode,
  above: readonly SyntaxNode[] = [],
): Generator<readonly [SyntaxNode, readonly SyntaxNode[]]> {
  yield [node, above];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) yield* nodesIn(child, [...above, node]);
    }
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}
