// The numbers that a benchmark can be told, and its --help. Each is a flag, or an environment variable for who runs several.
import { parseArgs } from 'node:util';

export interface BenchNumber {
  readonly usual: number;
  /** What it cannot do with less than, and would find out after minutes. */
  readonly least: number;
  readonly what: string;
}

/** Ends the process for --help, and for what it cannot run with. @param about one line. */
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
  throw new RangeError(`--${name} is a whole number from ${least} on, and not ${given}`);
}

const variableOf = (name: string) => `RAMZ_BENCH_${name.toUpperCase()}`;

function helpOf(about: string, numbers: Readonly<Record<string, BenchNumber>>): string {
  const lines = Object.entries(numbers).map(
    ([name, { usual, least, what }]) =>
      `  ${`--${name} <n>`.padEnd(18)} ${what}; usually ${usual}, at least ${least}; or ${variableOf(name)}`,
  );
  return [about, '', ...lines, `  ${'--help'.padEnd(18)} this`, '', 'A table, then one line of JSON.'].join('\n');
}

function ended(code: number, text: string): never {
  process[code === 0 ? 'stdout' : 'stderr'].write(`${text}\n`);
  process.exit(code);
}
