// A part of `kill-at-each-write.long.test.ts` that takes seconds: one write point of each store,
// and a random moment.
import { expect, it } from 'vitest';
import { Lab } from '../harness/lab.ts';
import { PostgresServer } from '../harness/postgres.ts';
import { ACCEPTED, killAtEachPoint, killAtRandom, SEED, WRONG } from './killed-daemon.ts';

it('loses and repeats no verdict when the vault is killed while it writes to SQLite', {
  timeout: 120_000,
}, async () => {
  await using lab = await Lab.start();
  expect(await killAtEachPoint(lab, [], WRONG, [6])).toEqual(['no answer']);
});

it('loses and repeats no verdict when the vault is killed while it writes to PostgreSQL', {
  timeout: 120_000,
}, async () => {
  await using server = await PostgresServer.start();
  const flags = ['--database', server.url];
  await using lab = await Lab.start('real', 'operational', flags);
  expect(await killAtEachPoint(lab, flags, ACCEPTED, [3])).toEqual(['no answer']);
});

it(`loses and repeats no verdict when front or vault are killed at random (RAMZ_SEED=${SEED})`, {
  timeout: 120_000,
}, async () => {
  await using lab = await Lab.start();
  await killAtRandom(lab, 1);
});
