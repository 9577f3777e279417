// A restored old copy of the store is rejected, and after an authorized restore no used code works
// again.
import { randomUUID } from 'node:crypto';
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RecipientKeys } from '@ramz/custody';
import { afterEach, describe, expect, it } from 'vitest';
import { cardNumber } from '../harness/cards.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';
import { runRamz } from '../harness/run-ramz.ts';

let lab: Lab;
afterEach(() => lab[Symbol.asyncDispose]());

const inLab = (name: string) => join(lab.dataDir, name);
const status = () => lab.client('auditor').status();
const copy = (from: string, to: string) => {
  rmSync(inLab(to), { recursive: true, force: true });
  cpSync(inLab(from), inLab(to), { recursive: true });
};

/** Copies the store, accepts a code afterwards, and restores the copy. */
async function rolledBack(): Promise<{ token: KnownToken; code: string }> {
  lab = await Lab.start();
  const token = await KnownToken.enrol(
    lab.client('enrolment-office'),
    cardNumber(1),
    await RecipientKeys.make(),
    'PURPOSE_SECOND_PIN',
  );
  await lab.stopDaemon();
  copy('vault', 'copy');
  await lab.startDaemon();
  await lab.unseal();
  const code = token.code();
  expect((await lab.client('internet-bank').verify(token.request(code, randomUUID()))).verdict).toBe(
    'VERDICT_ACCEPTED',
  );
  await lab.stopDaemon();
  copy('copy', 'vault');
  return { token, code };
}

describe('a store that was rolled back', () => {
  it('makes the daemon fail, and only the status is answered', async () => {
    const { token, code } = await rolledBack();
    await lab.startDaemon();
    expect(await status()).toMatchObject({
      state: 'DAEMON_STATE_FAILED',
      failure: expect.stringContaining('the store was rolled back'),
    });
    await expect(lab.client('internet-bank').verify(token.request(code, randomUUID()))).rejects.toMatchObject({
      code: 'FAILED_PRECONDITION',
    });
    await expect(lab.unseal()).rejects.toMatchObject({ code: 'FAILED_PRECONDITION' });
  });

  it('needs a restore ceremony, after which the used code is still refused', {
    timeout: 240_000,
  }, async () => {
    const { token, code } = await rolledBack();
    await lab.startDaemon('real', ['--restore']);
    expect((await status()).state).toBe('DAEMON_STATE_RESTORING');
    // After a crash in between, the roll-back is detected again.
    const people = lab.people();
    await people.open('restore');
    await people.play(['custodian-1']);
    await lab.kill('both');
    await lab.startDaemon();
    expect((await status()).state).toBe('DAEMON_STATE_FAILED');
    await lab.stopDaemon();
    await lab.startDaemon('real', ['--restore']);
    expect((await lab.people().hold('restore', {}, ['custodian-1', 'custodian-2'])).state).toBe('operational');
    expect(await status()).toMatchObject({ state: 'DAEMON_STATE_OPERATIONAL', epoch: '2' });
    const bank = lab.client('internet-bank');
    await lab.client('core').register.endReplay();
    expect((await bank.verify(token.request(code, randomUUID()))).verdict).toBe('VERDICT_REFUSED');
    expect((await bank.verify(token.request(token.code(), randomUUID()))).verdict).toBe('VERDICT_REFUSED');
    await lab.stopDaemon();
    await lab.startDaemon();
    expect((await status()).state).toBe('DAEMON_STATE_SEALED');
  });

  it.each([
    ['the anchor alone was removed', () => rmSync(inLab('anchor')), 'the anchor is missing'],
    [
      'the anchor is of another store',
      () =>
        writeFileSync(
          inLab('anchor'),
          readFileSync(inLab('anchor'), 'latin1').replace(/[0-9a-f]{32}/g, '0'.repeat(32)),
        ),
      'the anchor is missing or cannot be read',
    ],
    [
      'only the log was restored',
      () => renameSync(inLab('copy/vault.db'), inLab('vault/vault.db')),
      'the store was rolled back',
    ],
  ])('is detected when %s', async (_, damage, why) => {
    lab = await Lab.start();
    await lab.stopDaemon();
    copy('vault', 'copy');
    await lab.startDaemon();
    await lab.unseal();
    await lab.stopDaemon();
    damage();
    await lab.startDaemon();
    expect((await status()).failure).toContain(why);
  });

  it('is not reported for an anchor that is behind, as after a power cut', async () => {
    lab = await Lab.start();
    await lab.stopDaemon();
    copy('anchor', 'anchor.old');
    await lab.startDaemon();
    await lab.unseal();
    await lab.stopDaemon();
    copy('anchor.old', 'anchor');
    await lab.startDaemon();
    expect((await status()).state).toBe('DAEMON_STATE_SEALED');
  });

  it('stops a daemon whose anchor was written by another copy of its store', async () => {
    lab = await Lab.start();
    const anchor = inLab('anchor');
    // Writes what another daemon would: a mark of the same store.
    const mark = readFileSync(anchor);
    writeFileSync(
      anchor,
      Buffer.from(
        mark
          .toString('latin1')
          .replace(/ (\d+) ([0-9a-f]{64})/g, (_all, size: string, root: string) => ` ${Number(size) + 7} ${root}`),
        'latin1',
      ),
    );
    const ended = lab.ended();
    await lab
      .client('operator')
      .selfTests()
      .catch(() => {});
    expect(await ended).toBe(70);
    expect(readFileSync(inLab('daemon.log'), 'utf8')).toContain('two copies of one store must not run');
  });
});

it('D-23: after a restore, voids, blocks and locks come from an export, and the rest from the core', {
  timeout: 240_000,
}, async () => {
  lab = await Lab.start();
  const keys = await RecipientKeys.make();
  const enrol = (n: number) => KnownToken.enrol(lab.client('enrolment-office'), cardNumber(n), keys);
  const tokens = [await enrol(1), await enrol(2), await enrol(3), await enrol(4)] as const;
  await lab.stopDaemon();
  copy('vault', 'copy');
  await lab.startDaemon();
  await lab.unseal();
  const act = (n: number) => ({ requestId: randomUUID(), cardNumber: cardNumber(n) });
  const branch = lab.client('branch-12').register;
  await branch.voidToken({ ...act(1), tokenSerial: 'KNOWN' });
  await branch.blockSecondPin(act(2));
  const bank = lab.client('fraud-desk');
  for (let i = 0; i < 5; i++) await bank.verify(tokens[2].request(tokens[2].wrongCode(), randomUUID()));
  await lab.client('auditor').checkpoint();
  const exported = runRamz(lab, 'audit', 'export', '--out', inLab('export.txt'));
  expect([exported.status, exported.stderr]).toEqual([0, '']);
  await lab.stopDaemon();
  copy('copy', 'vault');
  await lab.startDaemon('real', ['--restore']);
  await lab.people().hold('restore', {}, ['custodian-1', 'custodian-2']);
  const held = lab.client('fraud-desk').verify(tokens[3].request(tokens[3].wrongCode(), randomUUID()));
  await expect(held).rejects.toMatchObject({ reason: 'REPLAY_PENDING' });
  await expect(enrol(5)).rejects.toMatchObject({ reason: 'REPLAY_PENDING' });
  const replayed = runRamz(lab, 'restore', 'replay', '--export', inLab('export.txt'));
  expect([replayed.status, replayed.stdout]).toEqual([0, expect.stringContaining('of 3 cards and customers')]);
  expect(runRamz(lab, 'restore', 'end').stdout).toContain('the replay is over');
  const reasonOn = async (token: KnownToken) =>
    (await lab.client('fraud-desk').verify(token.request(token.wrongCode(), randomUUID()))).reason;
  expect([
    await reasonOn(tokens[0]),
    await reasonOn(tokens[1]),
    await reasonOn(tokens[2]),
    await reasonOn(tokens[3]),
  ]).toEqual([
    'VERDICT_REASON_VOIDED',
    'VERDICT_REASON_BLOCKED',
    'VERDICT_REASON_LOCKED_BEFORE',
    'VERDICT_REASON_WRONG_CODE',
  ]);
  expect(runRamz(lab, 'restore', 'end').status).not.toBe(0);
});
