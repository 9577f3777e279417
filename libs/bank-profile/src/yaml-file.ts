import { readFileSync } from 'node:fs';
import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { z } from 'zod';
import { ConfigError } from './config-error.ts';

/** A kind of file, for error messages. */
export interface FileKind {
  /** Such as `a profile`. */
  readonly what: string;
  readonly advice: string;
}

const PROFILE: FileKind = { what: 'a profile', advice: 'begin with a copy of a profile that works' };

/**
 * Reads a YAML file that `schema` accepts. Every error is one sentence with file and line.
 * @param units names of fields with a unit, to suggest when it is left out
 * @throws ConfigError
 */
export function readYamlFile<T>(
  path: string,
  schema: z.ZodType<T>,
  units: readonly string[],
  { what, advice }: FileKind = PROFILE,
): T {
  const lines = new LineCounter();
  const document = parseDocument(textOf(path), { lineCounter: lines });
  const [broken] = [...document.errors, ...document.warnings];
  if (broken !== undefined)
    throw new ConfigError(`${path}:${broken.linePos?.[0].line ?? 1}: ${sentenceOf(broken, what)}`);
  // Rejects maps with another tag, and content that a schema would accept as an empty map.
  if (!isMap(document.contents) || !MAP_TAGS.includes(document.contents.tag)) {
    throw new ConfigError(`${path}:1: it holds no names and values: ${advice}`);
  }
  const result = schema.safeParse(plainOf(document, path, what));
  if (result.success) return result.data;
  // A misspelled field is also a missing one: report the misspelling, which is more useful.
  const { issues } = result.error;
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue === undefined) throw new ConfigError(`${path}: not valid`);
  const { path: at, sentence } = explain(issue, document, units);
  const { line } = lines.linePos(offsetOf(document, at));
  throw new ConfigError(`${path}:${line}: ${at.join('.')}: ${sentence}`);
}

const MAP_TAGS: readonly (string | undefined)[] = [undefined, 'tag:yaml.org,2002:map'];

/** Describes a fault of the text, in the library's words unless those address programmers. */
function sentenceOf({ code, message }: YAMLError, what: string): string {
  if (code === 'MULTIPLE_DOCS') return `a second document begins here: ${what} has only one`;
  if (code === 'DUPLICATE_KEY') return 'this name was given a value before';
  return message.split('\n')[0]?.replace(/ at line.*/, '') ?? '';
}

interface Explained {
  readonly path: readonly PropertyKey[];
  readonly sentence: string;
}

function explain(issue: z.core.$ZodIssue, document: Document, units: readonly string[]): Explained {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const meant = units.find((unit) => unit.startsWith(`${key}_`));
    const sentence = meant === undefined ? 'there is no such field' : `its unit is missing: write ${meant}`;
    return { path: [...path, key], sentence };
  }
  return { path, sentence: document.hasIn(path) ? issue.message : 'is missing' };
}

/** Returns where in the text the deepest existing part of the path begins. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === part);
      if (pair === undefined) break;
      offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else if (isSeq(node) && typeof part === 'number') node = node.items[part];
  }
  return offset;
}

/** @throws ConfigError for any alias */
function plainOf(document: Document, path: string, what: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    throw new ConfigError(`${path}: ${what} is written without anchors and aliases`);
  }
}

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder, not a file',
  EACCES: 'this user may not read it',
};

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new ConfigError(`${path}: ${UNREADABLE[code] ?? `it cannot be read (${code})`}`);
  }
}
