import { type Command, Option } from 'commander';
import { z } from 'zod';
import { readConfigFile } from './config-file.ts';
import { checkDaemonConfig, type DaemonConfig } from './daemon-config.ts';
import {
  DAEMON_OPTIONS,
  OPTION_TEXTS,
  type OptionName,
  type OptionText,
  type Program,
  snakeName,
} from './daemon-options.ts';

/** Adds a program's options to a command line, and `--config` for a file to read them from. */
export function addOptions(command: Command, program: Program): Command {
  command.addOption(
    new Option(
      '--config <path>',
      'YAML file with these options, such as data_dir: /var/lib/ramz; a flag or the environment takes precedence',
    ).env('RAMZ_CONFIG'),
  );
  for (const [name, schema] of Object.entries(DAEMON_OPTIONS.shape)) {
    const text = OPTION_TEXTS.get(schema) as OptionText;
    if (text.of.includes(program)) command.addOption(flagOf(name as OptionName, schema, text));
  }
  return command;
}

/**
 * Returns the operator's settings: flags, then the environment, then the file, then the defaults.
 * @throws ConfigError
 */
export function configOf(command: Command, program: Program): DaemonConfig {
  const { config = '', ...given } = givenOf(command);
  const fromFile = config === '' ? {} : readConfigFile(String(config), program);
  return checkDaemonConfig({ ...fromFile, ...given }, program);
}

/** Leaves out the defaults: the file takes precedence over them. */
function givenOf(command: Command): Record<string, unknown> {
  const all = Object.entries(command.opts());
  return Object.fromEntries(all.filter(([name]) => command.getOptionValueSource(name) !== 'default'));
}

function flagOf(name: OptionName, schema: z.ZodType, { flag, help, shownDefault, read, onlyFlag }: OptionText): Option {
  const option = new Option(flag, help);
  const fallback = schema.safeParse(undefined).data;
  const choices = choicesOf(schema);
  const variable = `RAMZ_${snakeName(name).toUpperCase()}`;
  // An empty variable counts as not set: files of variables contain such lines.
  if (onlyFlag !== true && process.env[variable] !== '') option.env(variable);
  if (choices.length > 0) option.choices(choices);
  if (read !== undefined) option.argParser(read);
  // An empty default is useless to a person.
  if (fallback !== undefined && (fallback !== '' || shownDefault !== undefined)) option.default(fallback, shownDefault);
  return option;
}

function choicesOf(schema: z.ZodType): string[] {
  const inner = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
  return inner instanceof z.ZodEnum ? inner.options.map(String) : [];
}
