// npm run test:sim -- ceremony [count]: the long run. RAMZ_SEED begins it somewhere else.
import { simulateCeremonies } from './simulate-ceremonies.ts';

const [, , what = 'ceremony', count = '10000'] = process.argv;
if (what !== 'ceremony' || !/^[0-9]+$/.test(count)) {
  process.stderr.write('test:sim knows "ceremony", and a number of them\n');
  process.exit(2);
}
const seed = Number(process.env['RAMZ_SEED'] ?? Math.floor(Math.random() * 1e9));
const started_ms = Date.now();
process.stdout.write(`${count} ceremonies from RAMZ_SEED=${seed}\n`);
const result = await simulateCeremonies(seed, Number(count), 'none', (done) => {
  if (done % 500 === 0) process.stdout.write(`  ${done} held, ${Math.round((Date.now() - started_ms) / 1000)} s\n`);
});
process.stdout.write(`${JSON.stringify({ seed, seconds: Math.round((Date.now() - started_ms) / 1000), ...result })}\n`);
if (result.broken !== undefined) {
  process.stdout.write(
    `BROKEN: ${result.broken.what}\nagain with: RAMZ_SEED=${result.broken.seed} npm run test:sim -- ceremony 50\n`,
  );
  process.exit(1);
}
