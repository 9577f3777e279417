// FIPS 140-3: a failed self-test stops all use of keys, and so does a damaged log or keyring.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { sharingScheme } from '@ramz/custody';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSelfTests, SELF_TESTS } from '../../apps/hsm-daemon/src/vault/crypto/self-tests.ts';
import { unwrapKey } from '../../apps/hsm-daemon/src/vault/crypto/wrap-key.ts';
import { SqliteLedger } from '../../apps/hsm-daemon/src/vault/store/sqlite/ledger.ts';
import { findInMemory } from '../harness/find-secret.ts';
import { Lab } from '../harness/lab.ts';

it('passes every known-answer test, and fails each one when forced', async () => {
  expect((await runSelfTests('')).filter(({ passed }) => !passed)).toEqual([]);
  for (const name of SELF_TESTS) {
    expect((await runSelfTests(name)).filter(({ passed }) => !passed)).toEqual([{ name, passed: false }]);
  }
});

/** Returns the root key and the keys under it, recovered from the custodians' shares. */
async function keysOf(lab: Lab): Promise<Map<string, Buffer>> {
  const root = sharingScheme('slip39').combine(['custodian-1', 'custodian-2'].map((name) => lab.people().share(name)));
  const copy = join(lab.dataDir, 'copy');
  cpSync(join(lab.dataDir, 'vault'), copy, { recursive: true });
  const ledger = SqliteLedger.open(join(copy, 'vault.db'), Date.now());
  const found = new Map([['root key', Buffer.from(root.expose())]]);
  for (const key of ledger.keys?.keys ?? []) {
    found.set(key.name, Buffer.from(unwrapKey(root, { ...key, realm: 'test' }, key.wrapped).expose()));
  }
  await ledger.close();
  return found;
}

describe('a daemon that has failed', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.start();
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  it('on demand answers only its status, with the reason, and is sealed after a restart', async () => {
    const { tests } = await lab.client('operator').selfTests('aes-256-gcm');
    expect(tests.filter(({ passed }) => !passed)).toEqual([{ name: 'aes-256-gcm', passed: false }]);
    expect(await lab.client('auditor').status()).toMatchObject({
      state: 'DAEMON_STATE_FAILED',
      failure: 'self-test failed: aes-256-gcm',
    });
    await expect(lab.client('auditor').keys()).rejects.toMatchObject({ code: 'FAILED_PRECONDITION' });
    await lab.stopDaemon();
    await lab.startDaemon();
    expect((await lab.client('auditor').status()).state).toBe('DAEMON_STATE_SEALED');
  });

  it.runIf(process.platform === 'linux')('holds no key in memory', async () => {
    await lab.unseal();
    const secrets = await keysOf(lab);
    await lab.client('operator').selfTests('hotp');
    expect(findInMemory(lab.vaultPid, secrets)).toEqual([]);
    await lab.stopDaemon();
  });

  it.each(SELF_TESTS.slice(0, 2))('fails at start by %s', async (name) => {
    await lab.startDaemon('real', ['--fail-self-test', name]);
    expect(await lab.client('auditor').status()).toMatchObject({
      state: 'DAEMON_STATE_FAILED',
      failure: `self-test failed: ${name}`,
    });
    await lab.stopDaemon();
  });
});
