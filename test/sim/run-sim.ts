// npm run test:sim -- ceremony|verification [count]: the long runs. RAMZ_SEED sets the first seed.
import { snakeKeys } from '@ramz/custody';
import { simulateCeremonies } from './simulate-ceremonies.ts';
import { simulateVerification } from './simulate-verification.ts';

const RUNS = {
  ceremony: { things: 'ceremonies', toldEvery: 500, run: simulateCeremonies },
  verification: { things: 'rounds', toldEvery: 1_000, run: simulateVerification },
} as const;

const [, , what = 'ceremony', count = '10000'] = process.argv;
if (!(what in RUNS) || !/^[0-9]+$/.test(count)) {
  process.stderr.write(`usage: npm run test:sim -- ${Object.keys(RUNS).join('|')} [count]\n`);
  process.exit(2);
}
const { things, toldEvery, run } = RUNS[what as keyof typeof RUNS];
const seed = Number(process.env['RAMZ_SEED'] ?? Math.floor(Math.random() * 1e9));
const startedMs = Date.now();
const seconds = () => Math.round((Date.now() - startedMs) / 1000);
process.stdout.write(`${count} ${things} from RAMZ_SEED=${seed}\n`);
const result = await run(seed, Number(count), 'none', (done) => {
  if (done % toldEvery === 0) process.stdout.write(`  ${done} ${things}, ${seconds()} s\n`);
});
process.stdout.write(`${JSON.stringify(snakeKeys({ seed, seconds: seconds(), ...result }))}\n`);
if (result.broken !== undefined) {
  process.stdout.write(
    `BROKEN: ${result.broken.what}\nto repeat: RAMZ_SEED=${result.broken.seed} npm run test:sim -- ${what} 100\n`,
  );
  process.exit(1);
}
