// The commands in the Markdown pages: code blocks whose first word says how a test runs them.
import { filesLike, readFile } from '../architecture/source-files.ts';

/**
 * - `sh` runs to its end; `sh exit=N` ends with N; `sh prints=NAME` gives what it prints to
 *   `<NAME>` in later blocks.
 * - `sh stays` keeps running beside the others; `sh kills` ends it like a power cut; `sh restarts`
 *   starts it again.
 * - `sh setup` is what the tests' own setup has done; `sh example` is not run: its names are
 *   checked only.
 */
export type BlockKind = 'run' | 'stays' | 'kills' | 'restarts' | 'setup' | 'example';

export interface CommandBlock {
  readonly page: string;
  /** Of its fence, from 1. */
  readonly line: number;
  readonly kind: BlockKind;
  readonly exitCode: number;
  /** Name of what it prints, or empty. */
  readonly prints: string;
  readonly text: string;
}

const KINDS: Readonly<Record<string, BlockKind>> = {
  '': 'run',
  stays: 'stays',
  kills: 'kills',
  restarts: 'restarts',
  setup: 'setup',
  example: 'example',
};

export function blocksOf(page: string, text: string = readFile(page)): CommandBlock[] {
  const fences = [...text.matchAll(/^```sh *(.*)\n([\s\S]*?)^```$/gm)];
  return fences.map(({ 1: info = '', 2: body = '', index }) => {
    const line = text.slice(0, index).split('\n').length;
    const words = info.split(' ').filter((word) => word !== '');
    const valueOf = (name: string) => words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
    const kind = KINDS[words.filter((word) => !word.includes('='))[0] ?? ''];
    if (kind === undefined) throw new Error(`${page}:${line}: a block cannot be "sh ${info}"`);
    return { page, line, kind, exitCode: Number(valueOf('exit') ?? 0), prints: valueOf('prints') ?? '', text: body };
  });
}

/** Every page for readers: not the decisions, which quote what was. */
export function readersPages(): string[] {
  return filesLike('*.md').filter((file) => !/^docs\/decisions\/|^CHANGELOG|^docs\/reference\/api\//.test(file));
}
