// A short run of the fuzzer, and every input that a long run has found.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../timing/measure.ts';
import { type Fuzzed, faultOf, mutate, PARSERS } from './parsers.ts';

const SEED = Number(process.env['RAMZ_SEED'] ?? Date.now() % 1_000_000);
const CORPUS = new URL('./corpus/', import.meta.url);

describe.each(PARSERS)('the $name parser', (parser: Fuzzed) => {
  it(`accepts or rejects 20,000 inputs without a fault (RAMZ_SEED=${SEED})`, () => {
    const random = seededRandom(SEED);
    for (let n = 0; n < 20_000; n++) {
      const input = mutate(parser.seeds[n % parser.seeds.length] ?? '', parser, random);
      const fault = faultOf(parser, input);
      if (fault !== undefined) expect.fail(`${JSON.stringify(input)}: ${fault}`);
    }
  });
});

it('catches a parser with a fault (planted)', () => {
  const broken: Fuzzed = { ...(PARSERS[0] as Fuzzed), parse: (text) => JSON.parse(text) as unknown };
  expect(faultOf(broken, '{')).toContain('SyntaxError');
});

it.each(readdirSync(CORPUS))('rejects the input of %s', (file) => {
  const { parser, input } = JSON.parse(readFileSync(new URL(file, CORPUS), 'utf8')) as {
    parser: string;
    input: string;
  };
  const fuzzed = PARSERS.find(({ name }) => name === parser) as Fuzzed;
  expect(() => fuzzed.parse(input)).toThrow(expect.objectContaining({ name: 'OtpError' }) as Error);
  expect(faultOf(fuzzed, input)).toBeUndefined();
});
