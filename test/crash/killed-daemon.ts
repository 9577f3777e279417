// Kills processes of a daemon while a code is decided, restarts it, and checks what is left: an
// ACCEPTED code is refused to any other request, and the same request id gets the same verdict as
// before, or its first one.
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CallRefused } from '@ramz/client';
import { RecipientKeys } from '@ramz/custody';
import { expect } from 'vitest';
import { cardNumber } from '../harness/cards.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';

export const SEED: number = Number(process.env['RAMZ_SEED'] ?? Date.now() % 1_000_000);

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

/** A code that is tried while the vault dies, and what must hold after the restart. */
export interface TriedOnce {
  readonly codeOf: (token: KnownToken) => string;
  readonly check: typeof checkAfterRestart;
}

export const ACCEPTED: TriedOnce = { codeOf: (token) => token.code(), check: checkAfterRestart };
export const WRONG: TriedOnce = { codeOf: wrongCodeOf, check: checkWrongAfterRestart };

function wrongCodeOf(token: KnownToken): string {
  const code = token.code();
  return `${(Number(code[0]) + 5) % 10}${code.slice(1)}`;
}

/** Repeats an interrupted request. Returns its verdict, which is the one that was sent, if any. */
async function askAgain(
  lab: Lab,
  token: KnownToken,
  code: string,
  requestId: string,
  before: Answer | 'no answer',
  verdict: string,
) {
  const again = await ask(lab, token, code, requestId);
  expect(again).toMatchObject({ verdict });
  if (before !== 'no answer') expect(again).toEqual(before);
  return again;
}

/** Checks that a wrong try is counted once, wherever it was interrupted: four more lock (M-15). */
async function checkWrongAfterRestart(
  lab: Lab,
  token: KnownToken,
  code: string,
  requestId: string,
  before: Answer | 'no answer',
) {
  await askAgain(lab, token, code, requestId, before, 'VERDICT_REFUSED');
  const further: (Answer | 'no answer')[] = [];
  for (let tries = 0; tries < 4; tries++) further.push(await ask(lab, token, code, randomUUID()));
  const verdicts = ['VERDICT_REFUSED', 'VERDICT_REFUSED', 'VERDICT_REFUSED', 'VERDICT_LOCKED'];
  expect(further.map((one) => one !== 'no answer' && one.verdict)).toEqual(verdicts);
}

/** Checks an interrupted request after the restart. */
async function checkAfterRestart(
  lab: Lab,
  token: KnownToken,
  code: string,
  requestId: string,
  before: Answer | 'no answer',
) {
  const again = await askAgain(lab, token, code, requestId, before, 'VERDICT_ACCEPTED');
  expect(await ask(lab, token, code, requestId)).toEqual(again);
  expect(await ask(lab, token, code, randomUUID())).toMatchObject({ verdict: 'VERDICT_REFUSED' });
}

/**
 * Kills the vault at each point of a verification in turn, until it survives.
 * @param points only these, when given: the quick tests try some, the long ones each
 */
export async function killAtEachPoint(
  lab: Lab,
  flags: readonly string[],
  tried: TriedOnce,
  points?: readonly number[],
): Promise<string[]> {
  const keys = await RecipientKeys.make();
  const outcomes: string[] = [];
  for (let n = 0; points === undefined ? outcomes.at(-1) !== 'survived' : n < points.length; n++) {
    outcomes.push(await killAtPoint(lab, flags, tried, keys, points?.[n] ?? n));
  }
  return outcomes;
}

async function killAtPoint(
  lab: Lab,
  flags: readonly string[],
  { codeOf, check }: TriedOnce,
  keys: RecipientKeys,
  point: number,
): Promise<string> {
  const order = join(lab.dataDir, 'vault', 'crash-at');
  const token = await KnownToken.enrol(lab.client('enrolment-office'), cardNumber(point), keys);
  await lab.stopDaemon();
  await lab.startDaemon('crashing', flags);
  await lab.unseal();
  const [code, requestId] = [codeOf(token), randomUUID()];
  writeFileSync(order, String(point));
  const before = await ask(lab, token, code, requestId);
  const died = before === 'no answer' || (await endsSoon(lab));
  rmSync(order);
  await lab.kill('both');
  await lab.startDaemon('real', flags);
  await lab.unseal();
  await check(lab, token, code, requestId, before);
  if (!died) return 'survived';
  return before === 'no answer' ? 'no answer' : 'answered, then died';
}

/** Kills the front, the vault or both at a random moment of a verification, `rounds` times. */
export async function killAtRandom(lab: Lab, rounds: number): Promise<void> {
  const keys = await RecipientKeys.make();
  for (let round = 0; round < rounds; round++) {
    const token = await KnownToken.enrol(lab.client('enrolment-office'), cardNumber(round), keys);
    const [code, requestId] = [token.code(), randomUUID()];
    // Connects first, so that the kill hits the verification, not the handshake.
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
}

/** Returns 0 to 4 ms: a verification takes about one. */
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
