import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RecipientKeys } from '@ramz/custody';
import { describe, expect, it } from 'vitest';
import { expectWithin } from '../harness/busy-machine.ts';
import { cardNumber } from '../harness/cards.ts';
import { healthOf, watchHealth } from '../harness/health-of.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';

const DAEMON_MAIN = fileURLToPath(new URL('../../apps/hsm-daemon/dist/main.js', import.meta.url));

describe('the life of a daemon', () => {
  it('answers the calls in flight on SIGTERM, then exits with 0, with its vault', async () => {
    await using lab = await Lab.start();
    const token = await KnownToken.enrol(lab.client('enrolment-office'), cardNumber(1), await RecipientKeys.make());
    const bank = lab.client('internet-bank');
    await bank.status();
    const calls = Array.from({ length: 500 }, () => bank.verify(token.request(token.code(), randomUUID())));
    // Received, but not all answered yet.
    await Promise.race(calls);
    const exit = lab.stopDaemon();
    const verdicts = await Promise.all(calls);
    expect(verdicts.filter(({ verdict }) => verdict === 'VERDICT_ACCEPTED')).toHaveLength(1);
    bank.close();
    expect(await exit).toBe(0);
    expect(() => process.kill(lab.vaultPid, 0)).toThrow('ESRCH');
    const log = readFileSync(join(lab.dataDir, 'daemon.log'), 'utf8');
    expect(log).toContain('"msg":"stopped"');
  });

  it('returns UNAVAILABLE when the vault is killed, and the front exits with 70', async () => {
    for (const calls of [0, 500]) {
      await using lab = await Lab.start();
      const bank = lab.client('internet-bank');
      await bank.status();
      const card = { cardNumber: cardNumber(1), purpose: 'PURPOSE_SECOND_PIN' as const, code: '12345678' };
      const answers = Array.from({ length: calls }, () => bank.verify({ ...card, requestId: randomUUID() }));
      await Promise.race([...answers, Promise.resolve()]);
      const ended = lab.kill('vault');
      const outcomes = await Promise.allSettled(answers);
      const reasons = outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [String(outcome.reason.code)] : [],
      );
      expect(new Set(reasons)).toEqual(new Set(calls === 0 ? [] : ['UNAVAILABLE']));
      await ended;
      expect(await lab.ended()).toBe(70);
      expect(readFileSync(join(lab.dataDir, 'daemon.log'), 'utf8')).not.toMatch(/ {4}at /);
    }
  });

  it('kills a vault that hangs, and exits with 70', async () => {
    await using lab = await Lab.start();
    process.kill(lab.vaultPid, 'SIGSTOP');
    expect(await lab.stopDaemon()).toBe(70);
  });

  it('ends the vault and releases the store when the front is killed', async () => {
    await using lab = await Lab.start();
    await lab.kill('front');
    await lab.startDaemon();
    expect((await lab.client('auditor').status()).state).toBe('DAEMON_STATE_SEALED');
  });

  it('reports health by state: a sealed daemon serves ceremonies, but no verdicts', async () => {
    await using lab = await Lab.start('real', 'sealed');
    const both = async () => [
      await healthOf(lab, 'ramz.hsm.v1.VerificationService'),
      await healthOf(lab, 'ramz.hsm.v1.CeremonyService'),
      await healthOf(lab, ''),
    ];
    expect(await both()).toEqual(['NOT_SERVING', 'SERVING', 'NOT_SERVING']);
    await lab.unseal();
    expect(await both()).toEqual(['SERVING', 'SERVING', 'SERVING']);
    await lab.people().approved({ name: 'seal' }, []);
    expect(await both()).toEqual(['NOT_SERVING', 'SERVING', 'NOT_SERVING']);
    expect(await healthOf(lab, 'nothing')).toContain('unknown');
  });

  it('reports NOT_SERVING and the reason to health watchers at a stop, without waiting for them', async (context) => {
    await using lab = await Lab.start();
    const { told, ended } = await watchHealth(lab, 'ramz.hsm.v1.VerificationService');
    const beganMs = performance.now();
    const exit = lab.stopDaemon();
    expect(await ended).toContain('the daemon is stopping');
    expect(told).toEqual(['SERVING', 'NOT_SERVING']);
    expect(await exit).toBe(0);
    expectWithin(context, performance.now() - beganMs, 5_000, 'a stop with a watcher of health');
  });

  it('rejects a second ceremony and a repeated share, and still accepts the right shares', async () => {
    await using lab = await Lab.start('real', 'sealed');
    const people = lab.people();
    await expect(people.initialise()).rejects.toMatchObject({ code: 'FAILED_PRECONDITION' });
    // The rejected ceremony did not change the custodians' files.
    expect(await people.unseal(['custodian-1', 'custodian-2'])).toMatchObject({ unsealed: true });
    await lab[Symbol.asyncDispose]();
    await using fresh = await Lab.start('real', 'sealed');
    await expect(fresh.people().unseal(['custodian-2', 'custodian-2'])).rejects.toThrow('gave a share already');
    expect(await fresh.people().unseal(['custodian-3'])).toMatchObject({ unsealed: true });
  });

  it('survives SIGHUP to front and vault', async () => {
    await using lab = await Lab.start('real', 'uninitialised');
    for (const pid of [lab.vaultPid, lab.frontPid]) process.kill(pid, 'SIGHUP');
    await new Promise((settle) => setTimeout(settle, 500));
    expect((await lab.client('auditor').status()).state).toBe('DAEMON_STATE_UNINITIALISED');
  });

  it('exits with 78 and one sentence for a port in use or an invalid option, and with 75 for a store in use', async () => {
    await using lab = await Lab.start('real', 'uninitialised');
    const blocker = createServer().listen(0, '127.0.0.1');
    await new Promise((ready) => blocker.once('listening', ready));
    const { port } = blocker.address() as { port: number };
    const fresh = join(lab.dataDir, 'other');
    const said = (...args: string[]) => {
      const { stderr, status } = spawnSync(process.execPath, [DAEMON_MAIN, ...args], { encoding: 'utf8' });
      return [stderr.trim().split('\n').length, status, stderr.trim()];
    };
    expect(said('--data-dir', fresh, '--port', String(port))).toEqual([
      1,
      78,
      expect.stringContaining(`port ${port} on 127.0.0.1 is in use`),
    ]);
    expect(said('--data-dir', lab.dataDir, '--port', '0')).toEqual([
      1,
      75,
      expect.stringContaining('in use by another daemon'),
    ]);
    expect(said('--realm', 'live', '--unseal', 'file')).toEqual([
      1,
      78,
      expect.stringContaining('in the test realm only'),
    ]);
    // The second line points to --help.
    expect(said('--port', '99999')).toEqual([2, 78, expect.stringContaining('a port is 0 to 65535')]);
    const metrics = said('--data-dir', fresh, '--port', '0', '--metrics-port', String(port));
    expect(metrics).toEqual([1, 78, expect.stringContaining('choose another with --metrics-port')]);
    expect(said('--trace-ratio', '7')).toEqual([1, 78, 'ramz-daemon: --trace-ratio: is 0 to 1']);
    const password = said('--database', 'postgres://ramz@127.0.0.1:1/ramz', '--database-password', join(fresh, 'none'));
    expect(password).toEqual([
      1,
      78,
      expect.stringMatching(/^ramz-daemon: --database-password: the file .* \(ENOENT\)$/),
    ]);
    expect(said('--profile', 'nobank', '--data-dir', fresh, '--port', '0')).toEqual([
      1,
      78,
      expect.stringContaining("there is no profile 'nobank': choose maskan"),
    ]);
    blocker.close();
  });
});

describe('a command', () => {
  it.each([
    'ramz-cli/bin/ramz.js policy report sepah',
    'ramz-cli/bin/ramz.js verify --help',
    'token-emulator/bin/ramz-token.js profiles classic-time',
  ])('exits with 0 when its output is closed early: %s', (line) => {
    const apps = fileURLToPath(new URL('../../apps', import.meta.url));
    const shell = ['-c', `set -o pipefail; "${process.execPath}" "${apps}"/${line} | true`];
    expect(spawnSync('bash', shell, { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('npm start -- --once', () => {
  it('walks the whole path and exits with 0, twice over the same data', { timeout: 240_000 }, async () => {
    await using lab = new Lab();
    for (const expected of ['root key made and split 2 of 3', 'ceremony was held before']) {
      const { stdout, status } = await run(['--once', '--data-dir', join(lab.dataDir, 'tour'), '--port', '0']);
      expect([status, stdout]).toEqual([0, expect.stringContaining(expected)]);
      expect(stdout).toMatch(
        /ACCEPTED, audit entry \d+[\s\S]*in a second payment: REFUSED[\s\S]*LOCKED[\s\S]*killed and started again/,
      );
    }
  });

  it('exits with 1 and a sentence when a step fails, such as on a port in use', async () => {
    await using lab = await Lab.start('real', 'uninitialised');
    const { stderr, status } = await run([
      '--once',
      '--data-dir',
      join(lab.dataDir, 'tour'),
      '--port',
      String(lab.daemon.port),
    ]);
    expect([status, stderr]).toEqual([1, expect.stringContaining('is in use')]);
  });
});

function run(args: string[]): Promise<{ stdout: string; stderr: string; status: number | null }> {
  const tour = fileURLToPath(new URL('../../apps/tour/dist/main.js', import.meta.url));
  const child = spawn(process.execPath, [tour, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => (said.stdout += String(text)));
  child.stderr.on('data', (text) => (said.stderr += String(text)));
  return new Promise((done) => child.once('close', (status) => done({ ...said, status })));
}
