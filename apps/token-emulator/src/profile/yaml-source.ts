import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';

const FILE_BYTES_MAX = 262_144;
/** A file that includes itself ends here. */
const INCLUDES_DEEP_MAX = 8;
/** Values in a file and its includes, and characters that variables put in. No test needs more. */
const VALUES_MAX = 200_000;
const PUT_IN_MAX = 4_194_304;
const VARIABLE = /\$\{([a-z][a-z0-9_]*)\}/g;

/** Where something stands: a file, and a line from 1. */
export interface SourceLine {
  readonly path: string;
  readonly line: number;
}

/** Thrown with the place of what is wrong. */
export class YamlError extends Error {
  constructor(message: string, at?: SourceLine) {
    super(at === undefined ? message : `${at.path}:${at.line}: ${message}`);
    this.name = 'YamlError';
  }
}

/** A YAML file whose variables are put in and whose includes are read, with the lines of all. */
export class YamlSource {
  readonly plain: unknown;
  /** Of each object and list. */
  readonly #lines = new WeakMap<object, SourceLine>();
  /** Of the keys of each object. */
  readonly #keyLines = new WeakMap<object, Map<string, SourceLine>>();
  readonly #path: string;
  readonly #variables: ReadonlyMap<string, unknown>;
  #values = 0;
  #putIn = 0;

  /** @throws YamlError */
  constructor(path: string) {
    this.#path = path;
    const { contents, lines } = parsed(path);
    this.#variables = variablesOf(contents, path, lines);
    this.plain = this.#plainOf(contents, path, lines, 0);
  }

  /** Returns where a value of the tree stands, as deep as its keys are known. */
  lineOf(root: unknown, keys: readonly PropertyKey[]): SourceLine | undefined {
    let found = typeof root === 'object' && root !== null ? this.#lines.get(root) : undefined;
    let at = root;
    for (const key of keys) {
      if (typeof at !== 'object' || at === null) return found;
      const next = (at as Record<PropertyKey, unknown>)[key];
      // A value in an object stands where its key does, one in a list where it begins itself.
      const own = typeof next === 'object' && next !== null ? this.#lines.get(next) : undefined;
      found = (Array.isArray(at) ? own : this.#keyLines.get(at)?.get(String(key))) ?? found;
      at = next;
    }
    return found;
  }

  /**
   * Returns what a schema refused, with its line.
   * @param root the part of the tree that was checked
   * @param outer what it lies in, whose line is taken where its own is not known
   */
  wrong(root: unknown, error: z.ZodError, before = '', outer: unknown = root): YamlError {
    const [issue] = error.issues;
    if (issue === undefined) return new YamlError(`${before}is not valid`);
    const keys = issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;
    const at = this.lineOf(root, keys) ?? this.lineOf(outer, []) ?? { path: this.#path, line: 1 };
    const path = issue.path.join('.');
    return new YamlError(`${before}${path === '' ? '' : `${path}: `}${issue.message}`, at);
  }

  #plainOf(node: Node | null, path: string, lines: LineCounter, depth: number): unknown {
    const at = { path, line: node?.range ? lines.linePos(node.range[0]).line : 1 };
    if (++this.#values > VALUES_MAX) throw new YamlError(`there are more than ${VALUES_MAX} values`, at);
    if (isScalar(node)) return this.#substituted(node.value, at);
    if (isSeq(node)) return this.#listOf(node.items as Node[], path, lines, depth, at);
    if (!isMap(node)) return null;
    const plain: Record<string, unknown> = {};
    const keyLines = new Map<string, SourceLine>();
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : '';
      if (name === '__proto__') throw new YamlError('there is no key __proto__', at);
      const keyLine = isScalar(key) && key.range ? lines.linePos(key.range[0]).line : at.line;
      keyLines.set(name, { path, line: keyLine });
      plain[name] = this.#plainOf(value as Node | null, path, lines, depth);
    }
    this.#lines.set(plain, at);
    this.#keyLines.set(plain, keyLines);
    return plain;
  }

  #listOf(items: readonly Node[], path: string, lines: LineCounter, depth: number, at: SourceLine): unknown[] {
    const list = items.flatMap((item) => {
      const file = includeOf(item);
      if (file === undefined) return [this.#plainOf(item, path, lines, depth)];
      const line = { path, line: item.range ? lines.linePos(item.range[0]).line : at.line };
      if (isAbsolute(file) || normalize(file).startsWith('..'))
        throw new YamlError(`include: ${file} lies outside the folder of the file`, line);
      return this.#included(join(dirname(path), file), depth + 1, line);
    });
    this.#lines.set(list, at);
    return list;
  }

  /** Returns the list that another file is, with the same variables. */
  #included(path: string, depth: number, from: SourceLine): unknown[] {
    if (depth > INCLUDES_DEEP_MAX) throw new YamlError(`includes go ${INCLUDES_DEEP_MAX} deep at most`, from);
    const { contents, lines } = parsed(path, from);
    const list = this.#plainOf(contents, path, lines, depth);
    if (!Array.isArray(list)) throw new YamlError(`${path} is not a list of steps`, from);
    return list;
  }

  /** A text that is one variable becomes its value; within a text it becomes a part of that. */
  #substituted(value: unknown, at: SourceLine): unknown {
    if (typeof value !== 'string') return value;
    const known = (name: string) => {
      if (this.#variables.has(name)) return this.#variables.get(name);
      throw new YamlError(
        `there is no variable ${name}: there are ${[...this.#variables.keys()].join(', ') || 'none'}`,
        at,
      );
    };
    const [whole, only] = /^\$\{([a-z][a-z0-9_]*)\}$/.exec(value) ?? [];
    if (whole !== undefined) return known(only ?? '');
    return value.replaceAll(VARIABLE, (_, name: string) => {
      const text = String(known(name));
      this.#putIn += text.length;
      if (this.#putIn > PUT_IN_MAX) throw new YamlError(`variables put in more than ${PUT_IN_MAX} characters`, at);
      return text;
    });
  }
}

function parsed(path: string, from?: SourceLine): { contents: Node | null; lines: LineCounter } {
  const text = textOf(path, from);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, maxAliasCount: 0 } as object);
  const [error] = document.errors;
  if (error !== undefined)
    throw new YamlError(error.message.split('\n')[0] ?? 'is not YAML', {
      path,
      line: lines.linePos(error.pos[0]).line,
    });
  return { contents: document.contents, lines };
}

/** @throws YamlError for what is no file, or too long */
export function textOf(path: string, from?: SourceLine): string {
  try {
    const about = statSync(path, { throwIfNoEntry: false });
    if (about === undefined) throw new Error('is not there');
    if (!about.isFile()) throw new Error('is not a file');
    if (about.size > FILE_BYTES_MAX) throw new Error(`is longer than ${FILE_BYTES_MAX} bytes`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new YamlError(`${path}: ${error instanceof Error ? error.message : String(error)}`, from);
  }
}

/** `vars: { name: value }` at the top of a file. */
function variablesOf(contents: Node | null, path: string, lines: LineCounter): ReadonlyMap<string, unknown> {
  const vars = isMap(contents) ? contents.get('vars') : undefined;
  const plain = isMap(vars) ? (vars.toJSON() as Record<string, unknown>) : {};
  for (const [name, value] of Object.entries(plain)) {
    const at = { path, line: isMap(vars) && vars.range ? lines.linePos(vars.range[0]).line : 1 };
    if (!/^[a-z][a-z0-9_]*$/.test(name)) {
      throw new YamlError(`vars: ${name}: a variable has small letters, digits and underscores`, at);
    }
    if (typeof value === 'string' && value.includes('${'))
      throw new YamlError(`vars: ${name}: has no variables itself`, at);
  }
  return new Map(Object.entries(plain));
}

/** A list's item `include: file` stands for the items of that file. */
function includeOf(item: Node): string | undefined {
  if (!isMap(item) || item.items.length !== 1) return undefined;
  const file = item.get('include');
  return typeof file === 'string' ? file : undefined;
}
