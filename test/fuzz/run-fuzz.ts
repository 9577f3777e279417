// npm run fuzz: fuzzes every parser for ten minutes (RAMZ_FUZZ_S seconds each). Keeps accepted
// inputs as seeds while it runs, so that later ones reach further. Exits with 1 at the first
// unexpected throw or hang, and writes the input to test/fuzz/corpus, which every test run reads.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { seededRandom } from '../timing/measure.ts';
import { faultOf, mutate, PARSERS } from './parsers.ts';

const SECONDS = Number(process.env['RAMZ_FUZZ_S'] ?? 600);
const SEED = Number(process.env['RAMZ_SEED'] ?? Date.now() % 1_000_000);
const SEEDS_KEPT = 2_000;
const CORPUS = new URL('./corpus/', import.meta.url);

process.stdout.write(`seed ${SEED}, ${SECONDS} s per parser\n`);
const ONLY = process.env['RAMZ_FUZZ_PARSER'];
for (const parser of PARSERS.filter(({ name }) => ONLY === undefined || name === ONLY)) {
  const random = seededRandom(SEED);
  const seeds = [...parser.seeds];
  const untilMs = performance.now() + SECONDS * 1000;
  let inputs = 0;
  let taken = 0;
  for (; performance.now() < untilMs; inputs++) {
    const input = mutate(seeds[Math.floor(random() * seeds.length)] ?? '', parser, random);
    const fault = faultOf(parser, input);
    if (fault !== undefined) {
      const name = `${parser.name}-${createHash('sha256').update(input).digest('hex').slice(0, 12)}.json`;
      writeFileSync(new URL(name, CORPUS), `${JSON.stringify({ parser: parser.name, input, found: fault })}\n`);
      process.stdout.write(`${parser.name}: ${fault}; the input is test/fuzz/corpus/${name}\n`);
      process.exit(1);
    }
    if (inputs % 50 === 0 && isTaken(parser.parse, input)) {
      taken += 1;
      seeds[seeds.length < SEEDS_KEPT ? seeds.length : Math.floor(random() * SEEDS_KEPT)] = input;
    }
  }
  process.stdout.write(
    `${parser.name}: ${inputs.toLocaleString('en')} inputs, one in 50 checked, ${taken.toLocaleString('en')} of those accepted; no fault\n`,
  );
}

function isTaken(parse: (text: string) => unknown, input: string): boolean {
  try {
    parse(input);
    return true;
  } catch {
    return false;
  }
}
