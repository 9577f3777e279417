// A change of a mobile number voids thousands of tokens in one commit: whole or not at all, under
// racing verifies and when the vault dies at any write (M-35, D-11, D-16).
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CallRefused } from '@ramz/client';
import { RecipientKeys } from '@ramz/custody';
import { describe, expect, it } from 'vitest';
import { askAgain } from '../harness/ask-again.ts';
import { cardNumber } from '../harness/cards.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';
import { PostgresServer } from '../harness/postgres.ts';

/** `npm run test:number-change` has 10,000. */
const SUBJECTS = Number(process.env['RAMZ_SUBJECTS'] ?? 1_000);
const SUBJECTS_KILLED = 20;
/** Write points between two that are tried: a row each of log, files, events and more. */
const POINTS_APART = Number(process.env['RAMZ_POINTS_APART'] ?? 7);
const RACING = 64;
const NEW = '09129999999';
/** Cards of a round begin here, under a number of their own. */
const firstOf = (round: number) => round * 1_000;
const oldNumber = (round: number) => `0912000${1_000 + round}`;

const asked = (n: number) => ({ requestId: randomUUID(), cardNumber: cardNumber(n) });

/** Registers cards under one number, and enrols a token for each. Returns some of the tokens. */
async function under(lab: Lab, subjects: number, round = 0): Promise<KnownToken[]> {
  const keys = await RecipientKeys.make();
  const [core, office] = [lab.client('core').register, lab.client('enrolment-office')];
  const tokens: KnownToken[] = [];
  const one = async (n: number) => {
    await core.putSubject({ ...asked(n), mobileNumber: oldNumber(round), reference: `C-${n}` });
    const token = await KnownToken.enrol(office, cardNumber(n), keys);
    if (tokens.length < RACING) tokens.push(token);
  };
  for (let n = 0; n < subjects; n += RACING) {
    await Promise.all(Array.from({ length: Math.min(RACING, subjects - n) }, (_, i) => one(firstOf(round) + n + i)));
  }
  return tokens;
}

const verify = async (lab: Lab, token: KnownToken, requestId = randomUUID(), code = token.code()) =>
  (await lab.client('fraud-desk').verify(token.request(code, requestId))).reason.replace('VERDICT_REASON_', '');

describe.each([
  ['SQLite', async () => ({ flags: [], stop: async () => {} })],
  [
    'PostgreSQL',
    async () => {
      const server = await PostgresServer.start();
      return { flags: ['--database', server.url], stop: () => server[Symbol.asyncDispose]() };
    },
  ],
] as const)('a changed number, on %s', (_, open) => {
  it(`voids ${SUBJECTS} tokens at once, under ${RACING} racing verifies`, {
    timeout: 120_000 + SUBJECTS * 60,
  }, async () => {
    const { flags, stop } = await open();
    await using lab = await Lab.start('real', 'operational', flags);
    const tokens = await under(lab, SUBJECTS);
    const bank = lab.client('fraud-desk');
    await bank.status();
    // The code too: a repeated request must be the same, also in the next minute.
    const racing = tokens.map((token) => ({ token, requestId: randomUUID(), code: token.code() }));
    const startedMs = performance.now();
    const changing = lab.client('core').register.putSubject({ ...asked(0), mobileNumber: NEW });
    const verdicts = racing.map(({ token, requestId, code }) =>
      askAgain(() => bank.verify(token.request(code, requestId))),
    );
    const changed = await changing;
    const tookMs = performance.now() - startedMs;
    process.stdout.write(`${SUBJECTS} tokens under one number were void after ${tookMs.toFixed(0)} ms\n`);
    expect(changed).toMatchObject({ voidedSubjects: SUBJECTS, voidedEnrolments: SUBJECTS });
    const reasons = (await Promise.all(verdicts)).map(({ reason }) => reason.replace('VERDICT_REASON_', ''));
    expect(reasons.filter((reason) => !['ACCEPTED', 'VOIDED'].includes(reason))).toEqual([]);
    // After the commit nothing verifies; a repeat of an accepted request gets its verdict.
    for (const [i, { token, requestId, code }] of racing.entries()) {
      expect(await verify(lab, token, requestId, code)).toBe(reasons[i]);
      expect(await verify(lab, token)).toBe('VOIDED');
    }
    await stop();
  });

  it(`is whole or not at all when the vault dies at each write, with ${SUBJECTS_KILLED} tokens`, {
    timeout: 600_000,
  }, async () => {
    const { flags, stop } = await open();
    await using lab = await Lab.start('real', 'operational', flags);
    const order = join(lab.dataDir, 'vault', 'crash-at');
    for (let point = 0, isAlive = false; !isAlive; point += point < 3 ? 1 : POINTS_APART) {
      const tokens = await under(lab, SUBJECTS_KILLED, point);
      await lab.stopDaemon();
      await lab.startDaemon('crashing', flags);
      await lab.unseal();
      const change = { ...asked(firstOf(point)), mobileNumber: NEW };
      writeFileSync(order, String(point));
      const before = await lab.client('core').register.putSubject(change).catch(unlessGone);
      rmSync(order);
      isAlive = before !== undefined && !(await lab.hasEndedWithin(1_000));
      await lab.kill('both');
      await lab.startDaemon('real', flags);
      await lab.unseal();
      const reasons = new Set<string>();
      for (const token of tokens.slice(0, 8)) reasons.add(await verify(lab, token));
      expect([...reasons], `dead at write point ${point}`).toHaveLength(1);
      if (before !== undefined) expect([...reasons]).toEqual(['VOIDED']);
      const again = await lab.client('core').register.putSubject(change);
      expect(again).toMatchObject({ voidedEnrolments: SUBJECTS_KILLED, repeated: reasons.has('VOIDED') });
      for (const token of tokens.slice(0, 8)) expect(await verify(lab, token)).toBe('VOIDED');
    }
    await stop();
  });
});

/** @throws unless the daemon was lost in the middle of the call */
function unlessGone(error: unknown): undefined {
  if (error instanceof CallRefused && error.code === 'UNAVAILABLE') return undefined;
  throw error;
}
