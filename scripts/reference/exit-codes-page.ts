import { code, makePage, type Page, table } from './page.ts';
import { helpAfter, loadPrograms, runnableIn } from './programs.ts';

/** How `--help` begins to say them. */
const EXIT_CODE = /Exit code: (.*)$/;
/** A command that fails in a way of its own says so; these are what is left. */
const USUAL: Readonly<Record<string, string>> = {
  ramz: '0 done, 2 refused, failed or misused, 69 no daemon answers, 75 temporarily unavailable: retry.',
  'ramz-token': '0 done, 2 refused, failed or misused.',
};

export async function exitCodesPage(): Promise<Page> {
  const byText = new Map<string, string[]>();
  for (const { name, command } of (await loadPrograms()).flatMap((program) => runnableIn(program))) {
    const said = EXIT_CODE.exec(helpAfter(command))?.[1] ?? USUAL[name.split(' ')[0] ?? ''] ?? '';
    byText.set(said, [...(byText.get(said) ?? []), name]);
  }
  return makePage(
    'exit-codes.md',
    'Exit codes',
    'For people who write scripts and service units: what each program ends with.',
    'the programs’ own `--help`',
    [...byText].flatMap(([said, names]) => [
      `## ${names[0] ?? ''}${names.length > 1 ? ' and others' : ''}`,
      `${names.map(code).join(', ')}:`,
      table(['code', 'meaning'], codesOf(said)),
    ]),
  );
}

function codesOf(said: string): string[][] {
  return said.split(/[,;] (?=\d+ )/).map((part) => {
    const [, number = '', meaning = ''] = /^(\d+) (.*?)\.?$/.exec(part) ?? [];
    return [number, meaning];
  });
}
