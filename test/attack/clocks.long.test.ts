// Clocks that are set back in small steps, and daemons with different clocks: an expired code stays
// expired. Seen to fail (planted) on a daemon whose tolerance of 5 s was new at each start, and on
// one that compared its clock with no other.
import { randomUUID } from 'node:crypto';
import { RecipientKeys } from '@ramz/custody';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cardNumber } from '../harness/cards.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab, type VaultKind } from '../harness/lab.ts';
import { PostgresServer } from '../harness/postgres.ts';

const PERIOD_MS = 60_000;
/** Less than the tolerance for a clock jump. */
const STEP_BACK_MS = 4_500;
const ADDED_UP_MS = 10_000;
const RESTARTS_MAX = 15;

const stateOf = async (lab: Lab) => (await lab.client('auditor').status()).state;
const outcome = (lab: Lab, token: KnownToken, code: string) =>
  lab
    .client('internet-bank')
    .verify(token.request(code, randomUUID()))
    .then(
      ({ verdict }) => verdict,
      ({ reason }: { reason: string }) => reason,
    );

describe('restarts with small clock steps back', () => {
  it('do not make an expired code valid again', { timeout: 240_000 }, async (context) => {
    await using lab = await Lab.start('odd-clock');
    const token = await KnownToken.enrol(lab.client('enrolment-office'), cardNumber(1), await RecipientKeys.make());
    const bank = lab.client('internet-bank');
    // Finds the oldest code that is accepted, with a separate token for each try.
    const keys = await RecipientKeys.make();
    let oldest = 0;
    for (let back = 1; back < 10; back++) {
      const aged = await KnownToken.enrol(lab.client('enrolment-office'), cardNumber(100 + back), keys);
      const { verdict } = await bank.verify(aged.request(aged.code(back), randomUUID()));
      if (verdict === 'VERDICT_ACCEPTED') oldest = back;
    }
    expect(oldest).toBeGreaterThan(0);
    // The daemon's clock stands one second after the start of a step.
    const errorMs = (PERIOD_MS - (Date.now() % PERIOD_MS) + 1_000) % PERIOD_MS;
    lab.setClock(errorMs);
    if (errorMs > 4_000) {
      await outcome(lab, token, token.wrongCode());
      await lab.people().approved({ name: 'accept-clock' }, ['custodian-1']);
    }
    const stepsAhead = Math.floor((Date.now() + errorMs) / PERIOD_MS) - Math.floor(Date.now() / PERIOD_MS);
    const runOut = token.code(oldest + 1 - stepsAhead);
    expect(await outcome(lab, token, runOut)).toBe('VERDICT_REFUSED');
    const states: string[] = [];
    const latestMs = Date.now() + errorMs;
    // Each start takes real time, which cancels part of a step back: repeat until the sum is more
    // than a clock may jump.
    let seenMs = latestMs;
    for (let restart = 0; restart < RESTARTS_MAX && latestMs - seenMs < ADDED_UP_MS; restart++) {
      await lab.kill('both');
      lab.setClock(seenMs - STEP_BACK_MS - Date.now());
      await lab.startDaemon('odd-clock');
      await lab.unseal().catch(() => undefined);
      seenMs = Date.now() + lab.clockError();
      states.push(await stateOf(lab));
    }
    if (latestMs - seenMs < ADDED_UP_MS) {
      context.skip('cannot judge: each start of a daemon takes as long as its clock is set back');
    }
    expect(await outcome(lab, token, runOut)).not.toBe('VERDICT_ACCEPTED');
    expect(states[0]).toBe('DAEMON_STATE_OPERATIONAL');
    expect(states.at(-1)).toBe('DAEMON_STATE_CLOCK_JUMPED');
  });
});

describe('two daemons on one PostgreSQL', () => {
  let server: PostgresServer;
  const labs: Lab[] = [];
  beforeEach(async () => {
    server = await PostgresServer.start();
  });
  afterEach(async () => {
    for (const one of [...labs.splice(0), server]) await one[Symbol.asyncDispose]();
  });
  const start = async (errorMs: number, vault: VaultKind = 'odd-clock') => {
    const flags = ['--database', server.url];
    const first = await Lab.start('odd-clock', 'operational', flags);
    labs.push(first);
    return { first, second: () => first.beside(flags, vault, errorMs) };
  };

  it('keep the one whose clock is 20 minutes behind from verifying', {
    timeout: 240_000,
  }, async () => {
    const { first, second } = await start(-20 * PERIOD_MS);
    const token = await KnownToken.enrol(first.client('enrolment-office'), cardNumber(1), await RecipientKeys.make());
    await expect(second()).rejects.toThrow('did not unseal');
    expect(await stateOf(first)).toBe('DAEMON_STATE_OPERATIONAL');
    await new Promise((settle) => setTimeout(settle, 6_000));
    expect(await outcome(first, token, token.code(20))).toBe('VERDICT_REFUSED');
    expect(await outcome(first, token, token.code())).toBe('VERDICT_ACCEPTED');
  });

  it('stop the one whose clock drifts at run time within seconds, and not the other', {
    timeout: 240_000,
  }, async () => {
    // Both of its clocks run fast, so its own clock watch sees no jump.
    const { first, second } = await start(0, 'virtual-clock');
    const token = await KnownToken.enrol(first.client('enrolment-office'), cardNumber(1), await RecipientKeys.make());
    const untouched = await KnownToken.enrol(
      first.client('enrolment-office'),
      cardNumber(2),
      await RecipientKeys.make(),
    );
    const other = await second();
    labs.push(other);
    for (let errorMs = 500; errorMs <= 8_000; errorMs += 500) {
      other.setClock(errorMs);
      await outcome(other, token, token.code(9));
    }
    await vi.waitFor(async () => expect(await outcome(other, token, token.code(9))).toBe('WRONG_STATE'), {
      timeout: 15_000,
      interval: 500,
    });
    expect(await stateOf(other)).toBe('DAEMON_STATE_CLOCK_JUMPED');
    const log = (await other.client('auditor').entries(0, 1_000)).entries.map((one) => one.toString('latin1')).join();
    expect(log).toContain('against the database');
    await new Promise((settle) => setTimeout(settle, 6_000));
    expect(await outcome(first, untouched, untouched.code())).toBe('VERDICT_ACCEPTED');
  });
});
