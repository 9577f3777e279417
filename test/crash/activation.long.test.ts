// The vault dies at each write of a completion: the same app gets its seeds by asking again,
// another app never does, and a former token is void with the first answer, or not at all.
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appGatewayOf, CallRefused } from '@ramz/client';
import { MemoryTokens, TokenApp } from '@ramz/token-client';
import { describe, expect, it } from 'vitest';
import { requestAtAtm, TextsSeen } from '../harness/activation-lab.ts';
import { cardNumber } from '../harness/cards.ts';
import { Lab } from '../harness/lab.ts';
import { PostgresServer } from '../harness/postgres.ts';

/** Write points between two that are tried; `npm run test:activation` tries each. */
const POINTS_APART = Number(process.env['RAMZ_POINTS_APART'] ?? 5);

/** An app that keeps its key over the daemon's end. */
const appOn = (lab: Lab, store: MemoryTokens) =>
  new TokenApp({
    gateway: appGatewayOf(lab.client('app-gateway').activation),
    store,
    bank: 'maskan',
    auditKey: 'unchecked',
    nowMs: () => Date.now(),
  });

/** @throws unless the daemon was lost in the middle of the call */
function unlessGone(error: unknown): undefined {
  if (error instanceof CallRefused && error.code === 'UNAVAILABLE') return undefined;
  throw error;
}

async function verify(lab: Lab, card: string, app: TokenApp): Promise<string> {
  const { code = '' } = (await app.code(`card/${card}`, 'second-pin')) ?? {};
  const request = { requestId: randomUUID(), cardNumber: card, purpose: 'PURPOSE_SECOND_PIN', code } as const;
  return (await lab.client('fraud-desk').verify(request)).reason.replace('VERDICT_REASON_', '');
}

async function codesFor(lab: Lab, texts: TextsSeen, card: string) {
  const { code } = await requestAtAtm(lab, card);
  return { subject: `card/${card}`, printed: code?.digits ?? '', text: texts.code };
}

/** Returns whether the vault survived the completion. */
async function killAt(lab: Lab, flags: readonly string[], point: number): Promise<boolean> {
  const order = join(lab.dataDir, 'vault', 'crash-at');
  const card = cardNumber(point);
  const texts = await TextsSeen.follow(lab);
  const former = new MemoryTokens();
  expect(await appOn(lab, former).add(await codesFor(lab, texts, card))).toBe(true);
  const typed = await codesFor(lab, texts, card);
  await lab.stopDaemon();
  await lab.startDaemon('crashing', flags);
  await lab.unseal();
  const store = new MemoryTokens();
  writeFileSync(order, String(point));
  const first = await appOn(lab, store).add(typed).catch(unlessGone);
  rmSync(order);
  const isAlive = first !== undefined && !(await lab.hasEndedWithin(1_000));
  await lab.kill('both');
  await lab.startDaemon('real', flags);
  await lab.unseal();
  const wasDone = (await verify(lab, card, appOn(lab, former))) !== 'ACCEPTED';
  if (first !== undefined) expect([point, first, wasDone]).toEqual([point, true, true]);
  if (wasDone) expect([point, await appOn(lab, new MemoryTokens()).add(typed)]).toEqual([point, false]);
  // An app that has its seeds does not ask for them again.
  if (first === undefined) expect([point, await appOn(lab, store).add(typed)]).toEqual([point, true]);
  expect([point, await appOn(lab, new MemoryTokens()).add(typed)]).toEqual([point, false]);
  expect(await verify(lab, card, appOn(lab, store))).toBe('ACCEPTED');
  expect(await verify(lab, card, appOn(lab, former))).not.toBe('ACCEPTED');
  return isAlive;
}

async function killAtEach(flags: readonly string[]): Promise<number> {
  await using lab = await Lab.start('real', 'operational', flags);
  let points = 0;
  for (let point = 0, isAlive = false; !isAlive; point += POINTS_APART) {
    isAlive = await killAt(lab, flags, point);
    points += 1;
  }
  return points;
}

describe('a completion while the vault dies', () => {
  it('on SQLite', { timeout: 600_000 }, async () => {
    expect(await killAtEach([])).toBeGreaterThan(2);
  });

  it('on PostgreSQL', { timeout: 600_000 }, async () => {
    await using server = await PostgresServer.start();
    expect(await killAtEach(['--database', server.url])).toBeGreaterThan(2);
  });
});
