// A machine whose clock is set: no code is verified until authorised persons accept it.
import { randomUUID } from 'node:crypto';
import { RecipientKeys } from '@ramz/custody';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardNumber } from '../harness/cards.ts';
import { healthOf } from '../harness/health-of.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';

const HOUR_MS = 3600 * 1000;
const JUMPED = { code: 'FAILED_PRECONDITION', reason: 'WRONG_STATE' };

describe('a clock that jumps', () => {
  let lab: Lab;
  let token: KnownToken;
  beforeAll(async () => {
    lab = await Lab.start('odd-clock');
    token = await KnownToken.enrol(lab.client('enrolment-office'), cardNumber(1), await RecipientKeys.make());
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  const verify = async (code: string) =>
    (await lab.client('internet-bank').verify(token.request(code, randomUUID()))).verdict;
  const state = async () => (await lab.client('auditor').status()).state;
  const accept = () => lab.people().approved({ name: 'accept-clock' }, ['custodian-1']);

  it('by less than the profile allows: nobody notices', async () => {
    lab.setClock(3_000);
    expect(await verify(token.wrongCode())).toBe('VERDICT_REFUSED');
    lab.setClock(0);
    expect(await state()).toBe('DAEMON_STATE_OPERATIONAL');
  });

  it('forward: a code written down for later is not verified, nor is any other', async () => {
    lab.setClock(HOUR_MS);
    await expect(verify(token.code(-60))).rejects.toMatchObject(JUMPED);
    await expect(verify(token.code())).rejects.toMatchObject(JUMPED);
    expect(await state()).toBe('DAEMON_STATE_CLOCK_JUMPED');
    expect(await healthOf(lab, 'ramz.hsm.v1.VerificationService')).toBe('NOT_SERVING');
    // One person is not enough.
    await expect(lab.people().approved({ name: 'accept-clock' }, [])).resolves.toMatchObject({ state: 'clock-jumped' });
  });

  it('set right again and accepted by two, it goes on; the token was locked out of nothing', async () => {
    lab.setClock(0);
    await expect(verify(token.code())).rejects.toMatchObject(JUMPED);
    expect(await accept()).toMatchObject({ state: 'operational' });
    expect(await healthOf(lab, 'ramz.hsm.v1.VerificationService')).toBe('SERVING');
    expect(await verify(token.code())).toBe('VERDICT_ACCEPTED');
    await expect(accept()).rejects.toMatchObject({ reason: 'STATEMENT_REFUSED' });
  });

  it('backward: a used code is not live again, not even once the clock was accepted', async () => {
    const used = token.code();
    lab.setClock(-60_000);
    await expect(verify(used)).rejects.toMatchObject(JUMPED);
    await accept();
    expect(await verify(used)).toBe('VERDICT_REFUSED');
    lab.setClock(0);
    expect(await state()).toBe('DAEMON_STATE_CLOCK_JUMPED');
    await accept();
  });

  it('behind the log at a start: unsealed, it still verifies nothing', async () => {
    lab.setClock(-HOUR_MS);
    await lab.kill('both');
    await lab.startDaemon('odd-clock');
    await lab.unseal().catch(() => undefined);
    expect(await state()).toBe('DAEMON_STATE_CLOCK_JUMPED');
    lab.setClock(0);
    await accept();
    expect(await state()).toBe('DAEMON_STATE_OPERATIONAL');
  });

  it('a jump that nobody accepted outlives a restart', async () => {
    lab.setClock(HOUR_MS);
    await expect(verify(token.code())).rejects.toMatchObject(JUMPED);
    await lab.kill('both');
    await lab.startDaemon('odd-clock');
    await lab.unseal().catch(() => undefined);
    expect(await state()).toBe('DAEMON_STATE_CLOCK_JUMPED');
    await expect(verify(token.code(-60))).rejects.toMatchObject(JUMPED);
    lab.setClock(0);
    await accept();
    expect(await state()).toBe('DAEMON_STATE_OPERATIONAL');
  });

  it('what happened is in the log, with how far it jumped', async () => {
    const { entries } = await lab.client('auditor').entries(0, 1_000);
    const text = entries.map((entry) => entry.toString('latin1')).join('\n');
    expect(text).toMatch(/by \+(3600|3599)\.\d{3} s/);
  });
});
