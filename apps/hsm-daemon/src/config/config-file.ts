import { readYamlFile } from '@ramz/bank-profile';
import { z } from 'zod';
import { DAEMON_OPTIONS, OPTION_TEXTS, type OptionText, type Program, snakeName } from './daemon-options.ts';

const CONFIGURATION = { what: 'a configuration', advice: 'write an option a line, such as data_dir: /var/lib/ramz' };

/**
 * The options of a program in a YAML file, by their names. A file may be shared by front and vault of two users: each
 * takes its own part. @throws ConfigError with file and line
 */
export function readConfigFile(path: string, program: Program): Record<string, unknown> {
  const fields = readYamlFile(path, fileSchema(program), [], CONFIGURATION);
  const options = Object.entries(DAEMON_OPTIONS.shape).map(([name, schema]) => [name, textOf(schema)] as const);
  return Object.fromEntries(
    options.flatMap(([name, { of }]) => {
      const value = fields[snakeName(name)];
      return value === undefined || !of.includes(program) ? [] : [[name, value]];
    }),
  );
}

/** Every option is a name here, so that a file tells what is wrong with one that stands in the wrong place. */
function fileSchema(program: Program): z.ZodType<Record<string, unknown>> {
  const fields = Object.entries(DAEMON_OPTIONS.shape).map(
    ([name, schema]) => [snakeName(name), fieldOf(schema, program)] as const,
  );
  return z.strictObject(Object.fromEntries(fields));
}

function fieldOf(schema: z.ZodType, program: Program): z.ZodType {
  const { of, onlyFlag } = textOf(schema);
  if (onlyFlag === true) return z.never('must be said at the start itself, as a flag').optional();
  if (program === 'daemon' && !of.includes('daemon')) return z.never('is for ramz-front and ramz-vault').optional();
  // Without its default, which stands behind what the environment says.
  const inner = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
  return z.preprocess((value) => asWritten(value, inner), inner as z.ZodType).optional();
}

/** YAML reads 1.3 as a number where a text is meant, and one address is a list of one. */
function asWritten(value: unknown, schema: unknown): unknown {
  if (typeof value === 'number' && schema instanceof z.ZodEnum) return String(value);
  return typeof value === 'string' && schema instanceof z.ZodArray ? [value] : value;
}

function textOf(schema: z.ZodType): OptionText {
  const text = OPTION_TEXTS.get(schema);
  if (text === undefined) throw new Error('an option was declared without its text');
  return text;
}
