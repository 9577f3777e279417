// A short run of the fuzzer, and every input that a long one ever found.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../timing/measure.ts';
import { type Fuzzed, faultOf, mutate, PARSERS } from './parsers.ts';

const SEED = Number(process.env['RAMZ_SEED'] ?? Date.now() % 1_000_000);
const CORPUS = new URL('./corpus/', import.meta.url);

describe.each(PARSERS)('the $name parser', (parser: Fuzzed) => {
  it(`takes or refuses 20,000 inputs (RAMZ_SEED=${SEED})`, () => {
    const random = seededRandom(SEED);
    for (let n = 0; n < 20_000; n++) {
      const input = mutate(parser.seeds[n % parser.seeds.length] ?? '', parser, random);
      const fault = faultOf(parser, input);
      if (fault !== undefined) expect.fail(`${JSON.stringify(input)}: ${fault}`);
    }
  });
});

it('a parser with a fault is caught (planted)', () => {
  const broken: Fuzzed = { ...(PARSERS[0] as Fuzzed), parse: (text) => JSON.parse(text) as unknown };
  expect(faultOf(broken, '{')).toContain('SyntaxError');
});

it.each(readdirSync(CORPUS))('%s is refused', (file) => {
  const { parser, input } = JSON.parse(readFileSync(new URL(file, CORPUS), 'utf8')) as {
    parser: string;
    input: string;
  };
  const fuzzed = PARSERS.find(({ name }) => name === parser) as Fuzzed;
  expect(() => fuzzed.parse(input)).toThrow(expect.objectContaining({ name: 'OtpError' }) as Error);
  expect(faultOf(fuzzed, input)).toBeUndefined();
});
