// A second daemon on one database, unsealed from the command line by the people of the first one's
// rehearsal.
import { describe, expect, it } from 'vitest';
import { Lab } from '../harness/lab.ts';
import { PostgresServer } from '../harness/postgres.ts';
import { runRamz } from '../harness/run-ramz.ts';

function ramz(lab: Lab, ...args: string[]): readonly [status: number | null, said: string] {
  const { status, stdout, stderr } = runRamz(lab, ...args);
  return [status, `${stdout}${stderr}`.replaceAll(/\s+/g, ' ')];
}

describe('a second daemon', () => {
  it('is unsealed by the people of the first, and --people-of is suggested where they are missing', async () => {
    await using server = await PostgresServer.start();
    const flags = ['--database', server.url];
    await using first = await Lab.start('real', 'operational', flags);
    await using second = await Lab.start('real', 'uninitialised', flags);
    const names = ['unseal', '--custodian', 'custodian-1', 'custodian-3'];
    expect(ramz(second, ...names)).toEqual([2, expect.stringContaining('name its data directory with --people-of')]);
    expect(ramz(second, ...names, '--people-of', '/tmp')).toEqual([2, expect.stringContaining('custodian-1.share')]);
    const opened = ramz(second, ...names, '--people-of', first.dataDir);
    expect(opened).toEqual([0, expect.stringContaining('the daemon is operational')]);
    const status = (await second.client('auditor').status()).state;
    expect(status).toBe('DAEMON_STATE_OPERATIONAL');
    // The people of the first daemon still work with the first.
    const operator = ['--keys', `${first.dataDir}/custodians/operator-1.key.json`];
    expect(ramz(first, 'seal', ...operator)).toEqual([0, expect.stringContaining('sealed')]);
    expect(ramz(first, 'unseal')).toEqual([0, expect.stringContaining('the daemon is operational')]);
  });

  it('has no verdict without its database, and names the request id for a retry', async () => {
    await using server = await PostgresServer.start();
    await using lab = await Lab.start('real', 'operational', ['--database', server.url]);
    await server.down();
    const [status, said] = ramz(lab, 'verify', '--card', '6280230000000019', '--code', '12345678');
    expect([status, said]).toEqual([
      75,
      expect.stringMatching(/the store cannot be used now: .*--request-id [0-9a-f-]{36} $/),
    ]);
    expect(ramz(lab, 'status')).toEqual([0, expect.stringMatching(/^store +cannot be used now: /)]);
    await lab.kill('both');
    const id = ['--request-id', 'mine'];
    const [gone, why] = ramz(lab, 'verify', '--card', '6280230000000019', '--code', '12345678', ...id);
    expect([gone, why]).toEqual([69, expect.stringMatching(/^ramz: no daemon answers .*--request-id mine $/)]);
  });
});
