// Two daemons on one PostgreSQL accept each code once, through either daemon. The faults of the
// database are in `several-daemons-faults.long.test.ts`.
import { randomUUID } from 'node:crypto';
import type { RamzClient } from '@ramz/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askAgain } from '../harness/ask-again.ts';
import { PARALLEL, TwoDaemons } from './two-daemons.ts';

const CODES = Number(process.env['RAMZ_RACE_CODES'] ?? 100);

describe('two daemons on one PostgreSQL', () => {
  let daemons: TwoDaemons;
  beforeAll(async () => {
    daemons = await TwoDaemons.start();
  });
  afterAll(() => daemons[Symbol.asyncDispose]());

  it(`accept each of ${CODES} codes once, with ${PARALLEL} parallel tries through three channels and both daemons`, {
    timeout: 120_000 + CODES * 300,
  }, async () => {
    const accepted = await daemons.race(CODES);
    expect(accepted.filter((times) => times !== 1)).toEqual([]);
    expect(accepted).toHaveLength(CODES);
  });

  it('count five of 100 parallel wrong codes over both, and lock the card', { timeout: 120_000 }, async () => {
    const token = await daemons.enrol(CODES + 1);
    const desks = daemons.labs.map((lab) => lab.client('fraud-desk'));
    const tries = Array.from({ length: 100 }, (_, i) => {
      const request = token.request(token.wrongCode(), randomUUID());
      return askAgain(() => (desks[i % 2] as RamzClient).verify(request));
    });
    const reasons = (await Promise.all(tries)).map(({ reason }) => reason.replace('VERDICT_REASON_', ''));
    const count = (reason: string) => reasons.filter((one) => one === reason).length;
    expect([count('WRONG_CODE'), count('LOCKED_NOW'), count('LOCKED_BEFORE')]).toEqual([4, 1, 95]);
  });

  it('repeat the first verdict from the other daemon, and reject another request with the same id', async () => {
    const token = await daemons.enrol(CODES + 2);
    const [one, other] = daemons.labs.map((lab) => lab.client('internet-bank')) as [RamzClient, RamzClient];
    const request = token.request(token.code(), randomUUID());
    const first = await one.verify(request);
    expect(await other.verify(request)).toEqual({ ...first, repeated: true });
    await expect(other.verify({ ...request, code: token.wrongCode() })).rejects.toMatchObject({
      reason: 'REQUEST_ID_REUSED',
    });
  });
});
