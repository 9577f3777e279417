import type { Option } from 'commander';
import { code, makePage, type Page, table } from './page.ts';
import { loadPrograms, type RunnableCommand, runnableIn } from './programs.ts';

const OF_THE_DAEMON = ['ramz-daemon', 'ramz-front', 'ramz-vault'];
/** Options that say where the daemon is, and how to print: of nearly every command of `ramz`. */
const COMMON = ['dataDir', 'host', 'port', 'tlsCa', 'tlsCert', 'tlsKey', 'serverName', 'json'];

export async function commandsPage(): Promise<Page> {
  const programs = await loadPrograms();
  const runnable = programs
    .flatMap((program) => runnableIn(program))
    .filter(({ name }) => !OF_THE_DAEMON.includes(name));
  const status = runnable.find(({ name }) => name === 'ramz status');
  return makePage(
    'commands.md',
    'Commands',
    'For everyone at a terminal: each command of `ramz` and `ramz-token`, with its options. ' +
      'The options of `ramz-daemon` are in [configuration](configuration.md).',
    'the programs’ own `--help`',
    [
      'In a clone of the repository put `npx` before each. What they end with is in [exit codes](exit-codes.md).',
      '## Options of nearly every ramz command',
      options(status?.command.options.filter((option) => isCommon(option)) ?? []),
      ...runnable.flatMap(commandText),
    ],
  );
}

function isCommon(option: Option): boolean {
  return COMMON.includes(option.attributeName());
}

function commandText({ name, command }: RunnableCommand): string[] {
  const args = command.registeredArguments.map((one) => {
    const shown = `${one.name()}${one.variadic ? '...' : ''}`;
    return one.required ? `<${shown}>` : `[${shown}]`;
  });
  const isOfRamz = name.startsWith('ramz ');
  const common = isOfRamz && command.options.some((option) => option.attributeName() === 'port');
  const own = command.options.filter((option) => !(isOfRamz && isCommon(option)));
  return [
    `## ${name}`,
    `${code([name, ...args].join(' '))}: ${command.description()}.${common ? ' Takes the common options.' : ''}`,
    ...(own.length > 0 ? [options(own)] : []),
  ];
}

function options(all: readonly Option[]): string {
  return table(
    ['option', 'meaning', 'default'],
    all.map((option) => [code(option.flags), meaning(option), fallback(option)]),
  );
}

function meaning({ description, argChoices, envVar }: Option): string {
  const choices = argChoices === undefined ? '' : ` (${argChoices.join(', ')})`;
  return `${description}${choices}${envVar === undefined ? '' : `; variable ${code(envVar)}`}`;
}

function fallback({ defaultValue, defaultValueDescription }: Option): string {
  if (defaultValueDescription !== undefined) return defaultValueDescription;
  return defaultValue === undefined || defaultValue === false || defaultValue === '' ? '–' : String(defaultValue);
}
