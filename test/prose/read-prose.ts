// The prose of a file: what a person reads in it. Code itself is not prose, and neither is what
// stands between backticks.
import { extname } from 'node:path';
import { type Comment, parseSync } from 'oxc-parser';
import { isNode, nodesIn } from '../architecture/source-files.ts';

/** One line of prose. */
export interface ProseLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /**
   * In characters, with what is before the prose; 0 where the length is not the writer's to choose.
   */
  readonly columns: number;
}

/** By the extension of `file`. */
export function readProse(file: string, text: string): readonly ProseLine[] {
  const extension = extname(file);
  if (extension === '.md') return markdownProse(text);
  if (['.ts', '.js', '.mjs'].includes(extension)) return scriptProse(file, text);
  return lineComments(text, extension === '.proto' ? /(?<!:)\/\/(.*)$/ : /(?:^|\s)#(.*)$/);
}

/**
 * Tables keep their rows, code its lines, and a link that is longer than a line has nowhere to
 * break.
 */
function markdownProse(text: string): ProseLine[] {
  const prose: ProseLine[] = [];
  let inCode = false;
  for (const [at, line] of text.split('\n').entries()) {
    if (/^\s*(```|~~~)/.test(line)) inCode = !inCode;
    else if (!inCode) {
      const isFixed = /^\s*(\||#|\[[^\]]+\]: )/.test(line) || !/\s\S/.test(line.slice(20));
      prose.push({ line: at + 1, text: withoutCode(line), columns: isFixed ? 0 : line.length });
    }
  }
  return prose;
}

function lineComments(text: string, comment: RegExp): ProseLine[] {
  return text.split('\n').flatMap((line, at) => {
    const found = comment.exec(line);
    return found === null ? [] : [{ line: at + 1, text: withoutCode(found[1] ?? ''), columns: line.length }];
  });
}

function scriptProse(file: string, text: string): ProseLine[] {
  const { program, comments, errors } = parseSync(file, text);
  // AssemblyScript: its decorators stand where TypeScript has none.
  if (errors.length > 0) return lineComments(text, /(?<!:)\/\/(.*)$/);
  const lineOf = linesOf(text);
  return [...comments.flatMap((one) => commentLines(one, lineOf)), ...stringLines(program, lineOf)];
}

function commentLines({ value, start }: Comment, lineOf: LineOf): ProseLine[] {
  return value.split('\n').map((line, at) => {
    const { line: first, columns } = lineOf(start, at);
    return { line: first, text: withoutCode(line), columns: /https?:/.test(line) ? 0 : columns };
  });
}

/** Strings of several words: titles, errors, help. One word is a name. */
function stringLines(program: unknown, lineOf: LineOf): ProseLine[] {
  if (!isNode(program)) return [];
  return [...nodesIn(program)].flatMap(([node]) => {
    const said = node.type === 'Literal' ? node['value'] : node.type === 'TemplateElement' ? node['value'] : '';
    const text = typeof said === 'string' ? said : (said as { raw?: string } | null)?.raw;
    if (typeof text !== 'string' || !/\w \w/.test(text)) return [];
    return [{ line: lineOf(Number(node['start']), 0).line, text: withoutCode(text), columns: 0 }];
  });
}

type LineOf = (offset: number, linesBelow: number) => { readonly line: number; readonly columns: number };

function linesOf(text: string): LineOf {
  const lines = text.split('\n');
  const starts: number[] = [];
  let start = 0;
  for (const line of lines) {
    starts.push(start);
    start += line.length + 1;
  }
  return (offset, below) => {
    const at = starts.findLastIndex((first) => first <= offset) + below;
    return { line: at + 1, columns: lines[at]?.length ?? 0 };
  };
}

function withoutCode(line: string): string {
  return line.replaceAll(/`[^`]*`/g, '``');
}
