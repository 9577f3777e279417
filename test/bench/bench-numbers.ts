// The numeric options of a benchmark, and its --help. Each is a flag, or an environment variable
// for running several benchmarks.
import { parseArgs } from 'node:util';

export interface BenchNumber {
  readonly usual: number;
  /** The minimum. Checked first, since a benchmark would otherwise fail only after minutes. */
  readonly least: number;
  readonly what: string;
}

/**
 * Reads the options. Exits for --help and for invalid values.
 * @param about one line
 */
export function benchNumbers<const Name extends string>(
  about: string,
  numbers: Readonly<Record<Name, BenchNumber>>,
): Record<Name, number> {
  const names = Object.keys(numbers) as Name[];
  const flags = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' }, ...flags } });
    if (values.help === true) return ended(0, helpOf(about, numbers));
    const given = values as Record<string, string | undefined>;
    const read = (name: Name) => numberOf(name, given[name] ?? process.env[variableOf(name)], numbers[name]);
    return Object.fromEntries(names.map((name) => [name, read(name)])) as Record<Name, number>;
  } catch (error) {
    return ended(2, `${(error as Error).message}; see --help`);
  }
}

function numberOf(name: string, given: string | undefined, { usual, least }: BenchNumber): number {
  const number = given === undefined ? usual : Number(given);
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new RangeError(`--${name} must be a whole number of at least ${least}, not ${given}`);
}

const variableOf = (name: string) => `RAMZ_BENCH_${name.toUpperCase()}`;

function helpOf(about: string, numbers: Readonly<Record<string, BenchNumber>>): string {
  const lines = Object.entries(numbers).map(
    ([name, { usual, least, what }]) =>
      `  ${`--${name} <n>`.padEnd(18)} ${what}; default ${usual}, at least ${least}; or ${variableOf(name)}`,
  );
  return [about, '', ...lines, `  ${'--help'.padEnd(18)} this help`, '', 'A table, then one JSON line.'].join('\n');
}

function ended(code: number, text: string): never {
  process[code === 0 ? 'stdout' : 'stderr'].write(`${text}\n`);
  process.exit(code);
}
