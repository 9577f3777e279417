import { readFileSync } from 'node:fs';
import { ConfigError, explainIssue } from '@ramz/bank-profile';
import { parse } from 'yaml';
import { DAEMON_OPTIONS, OPTION_TEXTS, type Program, snakeName } from './daemon-options.ts';

/** A page of options; a larger file is another one. */
const FILE_BYTES_MAX = 65_536;

/**
 * The options of a program in a YAML file, by their names. A file may be shared by front and vault of two users: each
 * takes its own part. @throws ConfigError
 */
export function readConfigFile(path: string, program: Program): Record<string, unknown> {
  const fields = Object.entries(parseFile(path)).map(([key, value]) => [nameOf(key), key, value] as const);
  const taken = fields.filter(([name, key]) => isFor(name, key, program, path));
  const options = Object.fromEntries(taken.map(([name, , value]) => [name, value]));
  const { error } = DAEMON_OPTIONS.safeParse(options);
  if (error !== undefined) throw new ConfigError(`--config: ${path}: ${explainIssue(error, snakeName)}`);
  return options;
}

function parseFile(path: string): Record<string, unknown> {
  const document: unknown = parseText(path, readText(path)) ?? {};
  if (typeof document === 'object' && !Array.isArray(document)) return document as Record<string, unknown>;
  throw new ConfigError(`--config: ${path} is to have an option a line, such as data_dir: /var/lib/ramz`);
}

function readText(path: string): string {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length <= FILE_BYTES_MAX) return text;
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new ConfigError(`--config: the file ${path} cannot be read (${why})`);
  }
  throw new ConfigError(`--config: the file ${path} has more than ${FILE_BYTES_MAX} bytes`);
}

function parseText(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const [first = ''] = (error as Error).message.split('\n');
    throw new ConfigError(`--config: ${path} is not YAML: ${first}`);
  }
}

/** @throws ConfigError for what is no option of this program, nor of the one that it shares the file with */
function isFor(name: string, key: string, program: Program, path: string): boolean {
  const schema = Object.hasOwn(DAEMON_OPTIONS.shape, name) ? DAEMON_OPTIONS.shape[name as 'dataDir'] : undefined;
  const text = schema === undefined ? undefined : OPTION_TEXTS.get(schema);
  if (text === undefined || key.includes('-') || key !== key.toLowerCase()) {
    throw new ConfigError(
      `--config: ${path} has ${JSON.stringify(key)}, which is no option; ramz-${program} --help lists them`,
    );
  }
  if (text.onlyFlag === true)
    throw new ConfigError(`--config: ${path} has ${key}, which must be said at the start itself`);
  if (program === 'daemon' && !text.of.includes('daemon')) {
    throw new ConfigError(`--config: ${path} has ${key}, which is for ramz-front and ramz-vault`);
  }
  return text.of.includes(program);
}

function nameOf(key: string): string {
  return key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
