// A clock that was changed: no code is verified until authorized people accept it.
import { randomUUID } from 'node:crypto';
import { RecipientKeys } from '@ramz/custody';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardNumber } from '../harness/cards.ts';
import { healthOf } from '../harness/health-of.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';
import { runRamz } from '../harness/run-ramz.ts';

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

  it('by less than the profile allows does not stop verification', async () => {
    lab.setClock(3_000);
    expect(await verify(token.wrongCode())).toBe('VERDICT_REFUSED');
    lab.setClock(0);
    expect(await state()).toBe('DAEMON_STATE_OPERATIONAL');
  });

  it('forward stops verification, so that a code noted for later is not accepted', async () => {
    lab.setClock(HOUR_MS);
    await expect(verify(token.code(-60))).rejects.toMatchObject(JUMPED);
    await expect(verify(token.code())).rejects.toMatchObject(JUMPED);
    expect(await state()).toBe('DAEMON_STATE_CLOCK_JUMPED');
    expect(await healthOf(lab, 'ramz.hsm.v1.VerificationService')).toBe('NOT_SERVING');
    // One person is not enough.
    await expect(lab.people().approved({ name: 'accept-clock' }, [])).resolves.toMatchObject({ state: 'clock-jumped' });
  });

  it('needs two people to accept the corrected clock, and then the token still works', async () => {
    lab.setClock(0);
    await expect(verify(token.code())).rejects.toMatchObject(JUMPED);
    expect(await accept()).toMatchObject({ state: 'operational' });
    expect(await healthOf(lab, 'ramz.hsm.v1.VerificationService')).toBe('SERVING');
    expect(await verify(token.code())).toBe('VERDICT_ACCEPTED');
    await expect(accept()).rejects.toMatchObject({ reason: 'STATEMENT_REFUSED' });
  });

  it('backward does not make a used code valid again, even once the clock was accepted', async () => {
    const used = token.code();
    lab.setClock(-60_000);
    await expect(verify(used)).rejects.toMatchObject(JUMPED);
    await accept();
    expect(await verify(used)).toBe('VERDICT_REFUSED');
    lab.setClock(0);
    expect(await state()).toBe('DAEMON_STATE_CLOCK_JUMPED');
    await accept();
  });

  it('to a time before the log at start keeps an unsealed daemon from verifying', async () => {
    lab.setClock(-HOUR_MS);
    await lab.kill('both');
    await lab.startDaemon('odd-clock');
    const { status, stdout } = runRamz(lab, 'unseal');
    expect([status, stdout]).toEqual([
      0,
      'shares of custodian-1 and custodian-2 taken: the daemon is clock-jumped: no code is verified before the clock is accepted (ramz accept-clock)\n',
    ]);
    expect(await state()).toBe('DAEMON_STATE_CLOCK_JUMPED');
    lab.setClock(0);
    await accept();
    expect(await state()).toBe('DAEMON_STATE_OPERATIONAL');
  });

  it('that no one accepted still counts after a restart', async () => {
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

  it('is recorded in the log with its size', async () => {
    const { entries } = await lab.client('auditor').entries(0, 1_000);
    const text = entries.map((entry) => entry.toString('latin1')).join('\n');
    expect(text).toMatch(/by \+(3600|3599)\.\d{3} s/);
  });
});
