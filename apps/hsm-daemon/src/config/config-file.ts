import { readYamlFile } from '@ramz/bank-profile';
import { z } from 'zod';
import { DAEMON_OPTIONS, OPTION_TEXTS, type OptionText, type Program, snakeName } from './daemon-options.ts';

const CONFIGURATION = { what: 'a configuration', advice: 'write an option a line, such as data_dir: /var/lib/ramz' };

/**
 * Reads a program's options from a YAML file, by their names. Front and vault of two users may
 * share a file: each takes its own part.
 * @throws ConfigError with file and line
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

/** Accepts the name of every option, so that a misplaced one gets an error of its own. */
function fileSchema(program: Program): z.ZodType<Record<string, unknown>> {
  const fields = Object.entries(DAEMON_OPTIONS.shape).map(
    ([name, schema]) => [snakeName(name), fieldOf(schema, program)] as const,
  );
  return z.strictObject(Object.fromEntries(fields));
}

function fieldOf(schema: z.ZodType, program: Program): z.ZodType {
  const { of, onlyFlag } = textOf(schema);
  if (onlyFlag === true) return z.never('can only be given as a flag').optional();
  if (program === 'daemon' && !of.includes('daemon')) return z.never('is for ramz-front and ramz-vault').optional();
  // Without its default, which applies only after the environment and the file.
  const inner = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
  return z.preprocess((value) => asWritten(value, inner), inner as z.ZodType).optional();
}

/**
 * YAML reads 1.3 as a number where a text is expected, and one address stands for a list of one.
 */
function asWritten(value: unknown, schema: unknown): unknown {
  if (typeof value === 'number' && schema instanceof z.ZodEnum) return String(value);
  return typeof value === 'string' && schema instanceof z.ZodArray ? [value] : value;
}

function textOf(schema: z.ZodType): OptionText {
  const text = OPTION_TEXTS.get(schema);
  if (text === undefined) throw new Error('an option was declared without its text');
  return text;
}
