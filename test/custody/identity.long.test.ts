// The vault's identity: a quorum replaces a stolen one, and each custodian forgets it for good. In
// a PKCS #11 token it never leaves the token.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Rehearsal } from '@ramz/client';
import { SigningKeys } from '@ramz/custody';
import { afterEach, describe, expect, it } from 'vitest';
import { Lab } from '../harness/lab.ts';
import { runRamzAlone } from '../harness/run-ramz.ts';
import { makeSoftToken, missingSoftToken } from '../harness/soft-token.ts';

const QUORUM = ['custodian-1', 'custodian-2'];
const PEOPLE = ['operator-1', 'custodian-1', 'custodian-2', 'custodian-3'];

let lab: Lab;
afterEach(() => lab[Symbol.asyncDispose]());

const consoleLine = (name: string) =>
  readFileSync(join(lab.dataDir, 'vault', name), 'utf8')
    .trim()
    .split('\n');
const keyFile = (name: string) => join(lab.dataDir, 'custodians', `${name}.key.json`);
const forget = (name: string, fingerprint: string) => {
  const { status, stdout, stderr } = runRamzAlone(
    'forget-vault',
    keyFile(name),
    '--fingerprint',
    fingerprint,
    '--json',
  );
  return [status, stdout, stderr];
};
const restart = async (...flags: readonly string[]) => {
  await lab.stopDaemon();
  await lab.startDaemon('real', flags);
};

/** Makes a new identity and lets a quorum adopt it. It takes effect at the next start. */
async function rotate(...flags: readonly string[]): Promise<{ former: string; next: string }> {
  const [former = ''] = consoleLine('fingerprint');
  await restart('--new-identity', ...flags);
  await lab.unseal();
  const [next = '', key = ''] = consoleLine('fingerprint.next');
  const other = Buffer.from((await SigningKeys.make()).publicKey).toString('hex');
  await expect(lab.people().approved({ name: 'adopt-identity', identity: other }, QUORUM)).rejects.toThrow(
    `the new identity of this vault is ${next}`,
  );
  // An operator alone is not enough.
  await lab.people().approved({ name: 'adopt-identity', identity: key }, []);
  await restart('--new-identity', ...flags);
  expect(consoleLine('fingerprint')).toEqual([former]);
  await lab.unseal();
  await lab.people().approved({ name: 'adopt-identity', identity: key }, QUORUM);
  await restart(...flags);
  expect(consoleLine('fingerprint')).toEqual([next]);
  expect(existsSync(join(lab.dataDir, 'vault', 'fingerprint.next'))).toBe(false);
  return { former, next };
}

describe('a stolen identity', () => {
  it('is replaced by a quorum, and custodians reject it for good', {
    timeout: 240_000,
  }, async () => {
    lab = await Lab.start();
    const identity = join(lab.dataDir, 'vault', 'identity.key');
    copyFileSync(identity, join(lab.dataDir, 'stolen.key'));
    const { former, next } = await rotate();
    await expect(lab.unseal()).rejects.toThrow('this is not the vault that custodian-1 knows');
    for (const name of PEOPLE)
      expect(forget(name, former)).toEqual([0, `${JSON.stringify({ forgotten: former })}\n`, '']);
    await lab.unseal();
    const log = (await lab.client('auditor').entries(0, 1_000)).entries.map((one) => one.toString('latin1')).join();
    expect(log).toContain('"former"');
    // The thief's vault with the old key.
    await lab.stopDaemon();
    copyFileSync(join(lab.dataDir, 'stolen.key'), identity);
    await lab.startDaemon();
    await expect(lab.unseal()).rejects.toThrow('has forgotten this vault for good');
    // A person who has forgotten both vaults rejects it, too.
    expect(forget('custodian-2', next)[0]).toBe(0);
    const again = new Rehearsal(lab.daemon);
    await expect(again.unseal(['custodian-2'])).rejects.toThrow('has forgotten this vault for good');
    again.close();
  });
});

const MISSING = missingSoftToken();
describe('an identity in a PKCS #11 token', () => {
  it.skipIf(MISSING !== '')(
    `signs in the token, is not on disk, and can be replaced${MISSING && ` (skipped: ${MISSING})`}`,
    { timeout: 240_000 },
    async () => {
      lab = new Lab();
      const flags = ['--identity', 'pkcs11', '--pkcs11', makeSoftToken(lab.dataDir)];
      await lab.startDaemon('real', flags);
      const people = lab.people();
      await people.initialise();
      await lab.unseal();
      expect(existsSync(join(lab.dataDir, 'vault', 'identity.key'))).toBe(false);
      const [fingerprint] = consoleLine('fingerprint');
      await restart(...flags);
      await lab.unseal();
      expect(consoleLine('fingerprint')).toEqual([fingerprint]);
      const { next } = await rotate(...flags);
      for (const name of PEOPLE) forget(name, fingerprint ?? '');
      await lab.unseal();
      expect(next).not.toBe(fingerprint);
      // The same token also unseals.
      const both = ['--unseal', 'pkcs11', ...flags];
      await restart(...both);
      await lab.unseal();
      expect((await lab.people().hold('enable-auto-unseal', {}, QUORUM)).ceremony?.phase).toBe('finalised');
      await restart(...both);
      expect((await lab.client('auditor').status()).state).toBe('DAEMON_STATE_OPERATIONAL');
      expect(spawnSync('grep', ['-c', 'identity', keyFile('operator-1')]).status).toBe(1);
    },
  );
});
