// The vault kills itself at each point where a verification touches the disk or the channel; then the front
// is killed, or both, at random moments. After each restart: what was answered ACCEPTED is refused to any
// other request, and the same request id gives the same verdict as before, or its first one.
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CallRefused } from '@ramz/client';
import { RecipientKeys } from '@ramz/custody';
import { describe, expect, it } from 'vitest';
import { cardNumber } from '../harness/cards.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';
import { PostgresServer } from '../harness/postgres.ts';

const ROUNDS = Number(process.env['RAMZ_CRASH_ROUNDS'] ?? 12);
const SEED = Number(process.env['RAMZ_SEED'] ?? Date.now() % 1_000_000);

interface Answer {
  readonly verdict: string;
  readonly logIndex: string;
}

async function ask(lab: Lab, token: KnownToken, code: string, requestId: string): Promise<Answer | 'no answer'> {
  try {
    const { verdict, logIndex } = await lab.client('internet-bank').verify(token.request(code, requestId));
    return { verdict, logIndex };
  } catch (error) {
    if (error instanceof CallRefused && error.code === 'UNAVAILABLE') return 'no answer';
    throw error;
  }
}

/** A code that is tried while the vault dies: which, and what must hold once the daemon is up again. */
interface TriedOnce {
  readonly codeOf: (token: KnownToken) => string;
  readonly check: typeof checkAfterRestart;
}

const ACCEPTED: TriedOnce = { codeOf: (token) => token.code(), check: checkAfterRestart };
const WRONG: TriedOnce = { codeOf: wrongCodeOf, check: checkWrongAfterRestart };

function wrongCodeOf(token: KnownToken): string {
  const code = token.code();
  return `${(Number(code[0]) + 5) % 10}${code.slice(1)}`;
}

/** A wrong try is counted once, whatever was cut off: four more lock (M-15). */
async function checkWrongAfterRestart(
  lab: Lab,
  token: KnownToken,
  code: string,
  requestId: string,
  before: Answer | 'no answer',
) {
  const again = await ask(lab, token, code, requestId);
  expect(again).toMatchObject({ verdict: 'VERDICT_REFUSED' });
  if (before !== 'no answer') expect(again).toEqual(before);
  const further: (Answer | 'no answer')[] = [];
  for (let tries = 0; tries < 4; tries++) further.push(await ask(lab, token, code, randomUUID()));
  const verdicts = ['VERDICT_REFUSED', 'VERDICT_REFUSED', 'VERDICT_REFUSED', 'VERDICT_LOCKED'];
  expect(further.map((one) => one !== 'no answer' && one.verdict)).toEqual(verdicts);
}

/** What must hold for a request that was cut off, once the daemon is up again. */
async function checkAfterRestart(
  lab: Lab,
  token: KnownToken,
  code: string,
  requestId: string,
  before: Answer | 'no answer',
) {
  const again = await ask(lab, token, code, requestId);
  expect(again).toMatchObject({ verdict: 'VERDICT_ACCEPTED' });
  if (before !== 'no answer') expect(again).toEqual(before);
  expect(await ask(lab, token, code, requestId)).toEqual(again);
  expect(await ask(lab, token, code, randomUUID())).toMatchObject({ verdict: 'VERDICT_REFUSED' });
}

describe('kill -9', () => {
  // Around the one statement that writes, and the answer: there are points before and after each.
  it('of the vault, at each write point of an accepted code', { timeout: 120_000 }, async () => {
    await using lab = await Lab.start();
    const outcomes = await killAtEachPoint(lab, [], ACCEPTED);
    expect(outcomes.filter((outcome) => outcome !== 'survived').length).toBeGreaterThanOrEqual(4);
    expect(outcomes.slice(0, 3).every((outcome) => outcome === 'no answer')).toBe(true);
  });

  // Around BEGIN, the append, the event, COMMIT and the answer.
  it('of the vault, at each write point of a wrong code', { timeout: 120_000 }, async () => {
    await using lab = await Lab.start();
    const outcomes = await killAtEachPoint(lab, [], WRONG);
    expect(outcomes.filter((outcome) => outcome !== 'survived').length).toBeGreaterThanOrEqual(10);
    expect(outcomes.slice(0, 9).every((outcome) => outcome === 'no answer')).toBe(true);
  });

  // Around what is read, the one statement that writes, and the answer.
  it('of the vault, at each point where it speaks with PostgreSQL', { timeout: 120_000 }, async () => {
    await using server = await PostgresServer.start();
    const flags = ['--database', server.url];
    await using lab = await Lab.start('real', 'operational', flags);
    const outcomes = await killAtEachPoint(lab, flags, ACCEPTED);
    expect(outcomes.filter((outcome) => outcome !== 'survived').length).toBeGreaterThanOrEqual(6);
    expect(outcomes.slice(0, 5).every((outcome) => outcome === 'no answer')).toBe(true);
  });

  it(`of front, vault or both, at ${ROUNDS} random moments (RAMZ_SEED=${SEED})`, {
    timeout: 60_000 + ROUNDS * 3_000,
  }, async () => {
    await using lab = await Lab.start();
    const keys = await RecipientKeys.make();
    for (let round = 0; round < ROUNDS; round++) {
      const token = await KnownToken.enrol(lab.client('enrolment-office'), cardNumber(round), keys);
      const [code, requestId] = [token.code(), randomUUID()];
      // The connection is made first: the moment is one of the verification, not of the handshake.
      const bank = lab.client('internet-bank');
      await bank.status();
      const answered: Promise<Answer | 'no answer'> = bank
        .verify(token.request(code, requestId))
        .catch((error: unknown) => {
          if (error instanceof CallRefused && error.code === 'UNAVAILABLE') return 'no answer' as const;
          throw error;
        });
      await pauseMicros(momentMicros(round));
      await lab.kill((['front', 'vault', 'both'] as const)[round % 3] ?? 'both');
      const before = await answered;
      await lab.kill('both');
      await lab.startDaemon();
      await lab.unseal();
      const answer = before === 'no answer' ? before : { verdict: before.verdict, logIndex: before.logIndex };
      await checkAfterRestart(lab, token, code, requestId, answer);
    }
  });
});

/** Kills the vault at point after point of a verification until it survives. */
async function killAtEachPoint(lab: Lab, flags: readonly string[], { codeOf, check }: TriedOnce): Promise<string[]> {
  const keys = await RecipientKeys.make();
  const order = join(lab.dataDir, 'vault', 'crash-at');
  const outcomes: string[] = [];
  for (let point = 0; outcomes.at(-1) !== 'survived'; point++) {
    const token = await KnownToken.enrol(lab.client('enrolment-office'), cardNumber(point), keys);
    await lab.stopDaemon();
    await lab.startDaemon('crashing', flags);
    await lab.unseal();
    const [code, requestId] = [codeOf(token), randomUUID()];
    writeFileSync(order, String(point));
    const before = await ask(lab, token, code, requestId);
    const died = before === 'no answer' || (await endsSoon(lab));
    outcomes.push(died ? (before === 'no answer' ? 'no answer' : 'answered, then died') : 'survived');
    rmSync(order);
    await lab.kill('both');
    await lab.startDaemon('real', flags);
    await lab.unseal();
    await check(lab, token, code, requestId, before);
  }
  return outcomes;
}

/** 0 to 4 ms: a verification takes about one. */
function momentMicros(round: number): number {
  const mixed = Math.imul((SEED + round) ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  return mixed % 4_000;
}

async function pauseMicros(us: number): Promise<void> {
  const until = performance.now() + us / 1000;
  while (performance.now() < until) await new Promise((next) => setImmediate(next));
}

async function endsSoon(lab: Lab): Promise<boolean> {
  const patience = new Promise<boolean>((done) => setTimeout(() => done(false), 1_000));
  return await Promise.race([lab.ended().then(() => true), patience]);
}
