// Unsealing at start without custodians, by a PKCS #11 token (SoftHSM2).
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { Lab } from '../harness/lab.ts';
import { addSoftToken, makeSoftToken, missingSoftToken } from '../harness/soft-token.ts';

const MISSING = missingSoftToken();
const bothCustodians = ['custodian-1', 'custodian-2'];

let lab: Lab;
afterEach(() => lab[Symbol.asyncDispose]());

const state = async () => (await lab.client('auditor').status()).state;
const restart = async (...flags: string[]) => {
  await lab.stopDaemon();
  await lab.startDaemon('real', flags);
};

it.skipIf(MISSING !== '')(
  `a PKCS #11 token unseals at start once custodians enabled it with their shares${MISSING && ` (skipped: ${MISSING})`}`,
  // Five starts of the daemon.
  { timeout: 180_000 },
  async () => {
    lab = await Lab.start();
    const settings = makeSoftToken(lab.dataDir);
    const flags = ['--unseal', 'pkcs11', '--pkcs11', settings];
    await restart(...flags);
    expect(await state()).toBe('DAEMON_STATE_SEALED');
    expect(lab.log()).toContain('the daemon is sealed: unsealing by pkcs11 is not enabled');
    await lab.unseal();
    expect((await lab.people().hold('enable-auto-unseal', {}, bothCustodians)).ceremony?.phase).toBe('finalised');
    await restart(...flags);
    expect(await state()).toBe('DAEMON_STATE_OPERATIONAL');
    // In another mode, or without the token, it stays sealed, and the shares still open it.
    await restart();
    expect(await state()).toBe('DAEMON_STATE_SEALED');
    rmSync(join(lab.dataDir, 'softhsm', 'tokens'), { recursive: true });
    mkdirSync(join(lab.dataDir, 'softhsm', 'tokens'));
    await lab.stopDaemon();
    await expect(lab.startDaemon('real', flags)).rejects.toThrow('ended with 78');
    expect(readFileSync(join(lab.dataDir, 'daemon.log'), 'utf8')).toContain('there is no PKCS #11 token labelled ramz');
    await lab.startDaemon();
    await lab.unseal();
    expect(await state()).toBe('DAEMON_STATE_OPERATIONAL');
  },
);

it.skipIf(MISSING !== '')(
  'a PKCS #11 token is found by its serial where two have one label, before a PIN is tried',
  async () => {
    lab = await Lab.start();
    const settings = makeSoftToken(lab.dataDir);
    const [one = '', other = ''] = addSoftToken(lab.dataDir);
    await lab.stopDaemon();
    const flags = ['--unseal', 'pkcs11', '--pkcs11', settings];
    await expect(lab.startDaemon('real', flags)).rejects.toThrow('2 PKCS #11 tokens are labelled ramz');
    expect(lab.log()).toContain(one);
    expect(lab.log()).toContain(other);
    const named = { ...(JSON.parse(readFileSync(settings, 'utf8')) as object), serial: one };
    writeFileSync(settings, JSON.stringify(named));
    await lab.startDaemon('real', flags);
    expect(await state()).toBe('DAEMON_STATE_SEALED');
  },
);

it.skipIf(MISSING !== '')('a PKCS #11 token opens nothing after a rotation of the root key', async () => {
  lab = await Lab.start();
  const flags = ['--unseal', 'pkcs11', '--pkcs11', makeSoftToken(lab.dataDir)];
  await restart(...flags);
  await lab.unseal();
  await lab.people().hold('enable-auto-unseal', {}, bothCustodians);
  await lab.people().hold('rotate-root-key');
  await restart(...flags);
  expect(await state()).toBe('DAEMON_STATE_SEALED');
});

it('auto-unseal cannot be enabled in mode "shares"', async () => {
  lab = await Lab.start();
  await expect(lab.people().open('enable-auto-unseal')).rejects.toThrow('was started in mode "shares"');
});
