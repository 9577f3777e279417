// Unsealing without custodians after a start: by a PKCS #11 token (SoftHSM2), and in the test realm by a file.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { sharingScheme } from '@ramz/custody';
import { afterEach, describe, expect, it } from 'vitest';
import { Lab } from '../harness/lab.ts';

const MODULE = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
].find((path) => existsSync(path));
const BINDING = hasBinding();
const MISSING =
  MODULE === undefined
    ? 'SoftHSM2 is missing: apt-get install softhsm2'
    : BINDING
      ? ''
      : 'the package pkcs11js was not compiled: install g++, make and python3, then npm ci';

let lab: Lab;
afterEach(() => lab[Symbol.asyncDispose]());

function hasBinding(): boolean {
  try {
    createRequire(import.meta.url)('pkcs11js');
    return true;
  } catch {
    return false;
  }
}

/** A fresh token in the laboratory's folder, and the settings that name it. */
function makeToken(): string {
  const dir = join(lab.data_dir, 'softhsm');
  mkdirSync(join(dir, 'tokens'), { recursive: true });
  const conf = join(dir, 'softhsm2.conf');
  writeFileSync(conf, `directories.tokendir = ${join(dir, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  const made = spawnSync(
    'softhsm2-util',
    ['--init-token', '--free', '--label', 'ramz', '--so-pin', '87654321', '--pin', '12345678'],
    {
      env: { ...process.env, SOFTHSM2_CONF: conf },
      encoding: 'utf8',
    },
  );
  if (made.status !== 0) throw new Error(made.stderr);
  writeFileSync(join(dir, 'pin'), '12345678\n', { mode: 0o600 });
  const settings = join(dir, 'pkcs11.json');
  writeFileSync(
    settings,
    JSON.stringify({ module: MODULE, token: 'ramz', pin_file: join(dir, 'pin'), environment: { SOFTHSM2_CONF: conf } }),
  );
  return settings;
}

const state = async () => (await lab.client('auditor').status()).state;
const restart = async (...flags: string[]) => {
  await lab.stopDaemon();
  await lab.startDaemon('real', flags);
};
const bothCustodians = ['custodian-1', 'custodian-2'];

describe('a PKCS #11 token', () => {
  it.skipIf(MISSING !== '')(
    `unseals at the start, once custodians said so with their shares${MISSING && ` (skipped: ${MISSING})`}`,
    async () => {
      lab = await Lab.start();
      const settings = makeToken();
      const flags = ['--unseal', 'pkcs11', '--pkcs11', settings];
      await restart(...flags);
      expect(await state()).toBe('DAEMON_STATE_SEALED');
      await lab.unseal();
      expect((await lab.people().hold('enable-auto-unseal', {}, bothCustodians)).ceremony?.phase).toBe('finalised');
      await restart(...flags);
      expect(await state()).toBe('DAEMON_STATE_OPERATIONAL');
      // Another mode, and a token that is gone: sealed, and the shares still open it.
      await restart();
      expect(await state()).toBe('DAEMON_STATE_SEALED');
      rmSync(join(lab.data_dir, 'softhsm', 'tokens'), { recursive: true });
      mkdirSync(join(lab.data_dir, 'softhsm', 'tokens'));
      await lab.stopDaemon();
      await expect(lab.startDaemon('real', flags)).rejects.toThrow('ended with 78');
      expect(readFileSync(join(lab.data_dir, 'daemon.log'), 'utf8')).toContain(
        'there is no PKCS #11 token labelled ramz',
      );
      await lab.startDaemon();
      await lab.unseal();
      expect(await state()).toBe('DAEMON_STATE_OPERATIONAL');
    },
  );

  it.skipIf(MISSING !== '')('with another root key opens nothing: rotation takes the guard away', async () => {
    lab = await Lab.start();
    const flags = ['--unseal', 'pkcs11', '--pkcs11', makeToken()];
    await restart(...flags);
    await lab.unseal();
    await lab.people().hold('enable-auto-unseal', {}, bothCustodians);
    await lab.people().hold('rotate-root-key');
    await restart(...flags);
    expect(await state()).toBe('DAEMON_STATE_SEALED');
  });
});

describe('the development file', () => {
  it('unseals in the test realm, and the root key itself is in no file', async () => {
    lab = await Lab.start();
    const shares = bothCustodians.map((name) => lab.people().share(name));
    const root = Buffer.from(sharingScheme('slip39').combine(shares).expose());
    await restart('--unseal', 'file');
    await lab.unseal();
    await lab.people().hold('enable-auto-unseal', {}, bothCustodians);
    await restart('--unseal', 'file');
    expect(await state()).toBe('DAEMON_STATE_OPERATIONAL');
    const vault = join(lab.data_dir, 'vault');
    for (const name of readdirSync(vault)) {
      expect(readFileSync(join(vault, name)).includes(root)).toBe(false);
      if (name !== 'fingerprint') expect(statSync(join(vault, name)).mode & 0o077).toBe(0);
    }
  });

  it('mode "shares" refuses the ceremony that would enable it', async () => {
    lab = await Lab.start();
    await expect(lab.people().open('enable-auto-unseal')).rejects.toThrow('was started in mode "shares"');
  });
});
