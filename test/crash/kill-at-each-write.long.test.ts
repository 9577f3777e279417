// The vault kills itself at each point where a verification touches the disk or the channel; then
// the front, the vault or both are killed at random moments.
import { describe, expect, it } from 'vitest';
import { Lab } from '../harness/lab.ts';
import { PostgresServer } from '../harness/postgres.ts';
import { ACCEPTED, killAtEachPoint, killAtRandom, SEED, WRONG } from './killed-daemon.ts';

const ROUNDS = Number(process.env['RAMZ_CRASH_ROUNDS'] ?? 12);

describe('kill -9 loses and repeats no verdict', () => {
  // Points before and after the one statement that writes, and before and after the answer.
  it('when it hits the vault at each write point of an accepted code', { timeout: 300_000 }, async () => {
    await using lab = await Lab.start();
    const outcomes = await killAtEachPoint(lab, [], ACCEPTED);
    expect(outcomes.filter((outcome) => outcome !== 'survived').length).toBeGreaterThanOrEqual(4);
    expect(outcomes.slice(0, 3).every((outcome) => outcome === 'no answer')).toBe(true);
  });

  // Points around BEGIN, the append, the event, COMMIT and the answer.
  it('when it hits the vault at each write point of a wrong code', { timeout: 300_000 }, async () => {
    await using lab = await Lab.start();
    const outcomes = await killAtEachPoint(lab, [], WRONG);
    expect(outcomes.filter((outcome) => outcome !== 'survived').length).toBeGreaterThanOrEqual(10);
    expect(outcomes.slice(0, 9).every((outcome) => outcome === 'no answer')).toBe(true);
  });

  // Points around the query that reads, the one statement that writes, and the answer.
  it('when it hits the vault at each message to PostgreSQL', { timeout: 300_000 }, async () => {
    await using server = await PostgresServer.start();
    const flags = ['--database', server.url];
    await using lab = await Lab.start('real', 'operational', flags);
    const outcomes = await killAtEachPoint(lab, flags, ACCEPTED);
    expect(outcomes.filter((outcome) => outcome !== 'survived').length).toBeGreaterThanOrEqual(6);
    expect(outcomes.slice(0, 5).every((outcome) => outcome === 'no answer')).toBe(true);
  });

  it(`when it hits front, vault or both at ${ROUNDS} random moments (RAMZ_SEED=${SEED})`, {
    timeout: 60_000 + ROUNDS * 3_000,
  }, async () => {
    await using lab = await Lab.start();
    await killAtRandom(lab, ROUNDS);
  });
});
