// Unsealing at start without custodians in the test realm, by a file.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sharingScheme } from '@ramz/custody';
import { afterEach, describe, expect, it } from 'vitest';
import { Lab } from '../harness/lab.ts';

let lab: Lab;
afterEach(() => lab[Symbol.asyncDispose]());

const state = async () => (await lab.client('auditor').status()).state;
const restart = async (...flags: string[]) => {
  await lab.stopDaemon();
  await lab.startDaemon('real', flags);
};
const bothCustodians = ['custodian-1', 'custodian-2'];

describe('the development file', () => {
  it('unseals in the test realm, and no file contains the root key itself', async () => {
    lab = await Lab.start();
    const shares = bothCustodians.map((name) => lab.people().share(name));
    const root = Buffer.from(sharingScheme('slip39').combine(shares).expose());
    await restart('--unseal', 'file');
    await lab.unseal();
    await lab.people().hold('enable-auto-unseal', {}, bothCustodians);
    await restart('--unseal', 'file');
    expect(await state()).toBe('DAEMON_STATE_OPERATIONAL');
    const vault = join(lab.dataDir, 'vault');
    for (const name of readdirSync(vault)) {
      expect(readFileSync(join(vault, name)).includes(root)).toBe(false);
      if (name !== 'fingerprint') expect(statSync(join(vault, name)).mode & 0o077).toBe(0);
    }
  });
});
