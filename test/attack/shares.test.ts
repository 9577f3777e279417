// Thousands of calls without codes from one certificate: verdicts continue, memory is bounded,
// other callers get their share. The arithmetic of shares is tested, with plants, beside
// `boundary/vault-link.ts` and `boundary/queue-limit.ts`: here no client can outrun the daemon.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RamzClient } from '@ramz/client';
import { RecipientKeys } from '@ramz/custody';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardNumber } from '../harness/cards.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';

const IS_LONG = process.env['RAMZ_ATTACK'] === 'long';
const FLOOD = IS_LONG ? 6_000 : 1_000;
const MIB = 1_048_576;
/**
 * 64 answers of 1 MiB in both processes, plus garbage not yet collected. An unbounded flood of
 * 1,000 took over a gigabyte.
 */
const GROWTH_MIB_MAX = 600;
/** Verdicts to wait for beside each flood, at least. */
const VERDICTS = 50;

let lab: Lab;
let token: KnownToken;
beforeAll(async () => {
  lab = await Lab.start();
  token = await KnownToken.enrol(lab.client('enrolment-office'), cardNumber(1), await RecipientKeys.make());
  // Makes a long log with long entries.
  const bank = lab.client('fraud-desk');
  for (let i = 0; i < 8; i++) {
    await bank.verifyBatch(
      Array.from({ length: 500 }, (_, n) => ({
        ...token.request('00000000', randomUUID()),
        cardNumber: cardNumber(100 + n),
      })),
    );
  }
}, 60_000);
afterAll(() => lab[Symbol.asyncDispose]());

const memoryMib = (pid: number) =>
  (Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1_024) / MIB;

/** Returns how many calls of a flood ended with each status and reason. */
async function flood(call: (i: number) => Promise<unknown>): Promise<Map<string, number>> {
  const ends = new Map<string, number>();
  const all = Array.from({ length: FLOOD }, async (_, i) => {
    const end = await call(i).then(
      () => 'OK',
      ({ code, reason }: { code: string; reason?: string }) => `${code} ${reason ?? ''}`.trim(),
    );
    ends.set(end, (ends.get(end) ?? 0) + 1);
  });
  await Promise.all(all);
  return ends;
}

/** Sends codes one after another while the flood lasts. Each must get a verdict. */
async function verdictsBeside(bank: RamzClient, flooding: Promise<unknown>): Promise<number> {
  let verdicts = 0;
  const over = new AbortController();
  const ended = flooding.finally(() => over.abort());
  while (!over.signal.aborted || verdicts < VERDICTS) {
    const { verdict } = await bank.verify(token.request(token.code(5), randomUUID()));
    expect(['VERDICT_REFUSED', 'VERDICT_LOCKED']).toContain(verdict);
    verdicts += 1;
  }
  await ended;
  return verdicts;
}

describe('a flood from one certificate', () => {
  it('of self-tests is shared or rejected, and verdicts continue', { timeout: 120_000 }, async () => {
    const auditor = lab.client('auditor');
    const flooding = flood(() => auditor.selfTests());
    await verdictsBeside(lab.client('internet-bank'), flooding);
    const ends = await flooding;
    expect([...ends.keys()].filter((end) => !['OK', 'RESOURCE_EXHAUSTED TOO_MANY_CALLS'].includes(end))).toEqual([]);
    const entries = (await lab.client('operator').status()).logSize;
    expect(Number(entries)).toBeLessThan(20_000);
  });

  it('of log reads has a bounded queue and bounded memory', {
    timeout: 240_000,
  }, async () => {
    const auditor = lab.client('auditor');
    const [frontMib, vaultMib] = [memoryMib(lab.frontPid), memoryMib(lab.vaultPid)];
    const flooding = flood((i) => auditor.entries(i % 3_000, 1_000));
    await verdictsBeside(lab.client('internet-bank'), flooding);
    const ends = await flooding;
    expect([...ends.keys()].filter((end) => !['OK', 'RESOURCE_EXHAUSTED TOO_MANY_CALLS'].includes(end))).toEqual([]);
    expect(ends.get('OK')).toBeGreaterThan(0);
    expect(memoryMib(lab.vaultPid) - vaultMib).toBeLessThan(GROWTH_MIB_MAX);
    expect(memoryMib(lab.frontPid) - frontMib).toBeLessThan(GROWTH_MIB_MAX);
  });

  it('of checkpoints does not sign an unchanged log again', { timeout: 120_000 }, async () => {
    const auditor = lab.client('auditor');
    const { former } = await auditor.checkpoint();
    const ends = await flood(() => auditor.checkpoint());
    expect([...ends.keys()].filter((end) => !['OK', 'RESOURCE_EXHAUSTED TOO_MANY_CALLS'].includes(end))).toEqual([]);
    expect((await auditor.checkpoint()).former.length - former.length).toBeLessThan(5);
  });
});
