// The vault as its own user: code that runs in the front cannot read its files, memory, environment
// or socket, and can start no vault that custodians trust. Seen to fail with both under one user,
// which is the last test: there the front reads the identity key, and `ramz-daemon` warns at start.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Daemon, RamzClient, Rehearsal } from '@ramz/client';
import { RecipientKeys } from '@ramz/custody';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardNumber } from '../harness/cards.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';

const program = (name: string) => fileURLToPath(new URL(`../../apps/hsm-daemon/dist/${name}.js`, import.meta.url));
const VAULT = { uid: 65_501, gid: 65_501 };
/** Members of this group may enter the socket's folder. */
const FRONT = { uid: 65_502, gid: 65_502 };
const STRANGER = { uid: 65_503, gid: 65_503 };

interface Started {
  readonly child: ChildProcess;
  readonly said: { readonly listening: number; readonly vault_pid: number };
}

/** Starts a program as a system user, and waits for its ready message. */
function startAs(user: typeof VAULT, name: string, ...args: readonly string[]): Promise<Started> {
  const child = spawn(process.execPath, [program(name), ...args], {
    ...user,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { PATH: process.env['PATH'] ?? '', RAMZ_TEST_MARK: 'of-the-vault' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (output += text.toString()));
  return new Promise((resolve, reject) => {
    child.once('message', (said) => resolve({ child, said: said as Started['said'] }));
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}: ${output}`)));
  });
}

const ended = (child: ChildProcess) => new Promise<number | null>((settle) => child.once('exit', settle));
/** Runs a script as a user. Returns whether it succeeded, and the error code. */
function as(user: typeof VAULT, script: string) {
  const { status, stderr } = spawnSync(process.execPath, ['-e', script], { ...user, encoding: 'utf8' });
  return { could: status === 0, why: /\b(E[A-Z]+)\b/.exec(stderr)?.[1] ?? '' };
}
const read = (path: string) => `require('fs').readFileSync(${JSON.stringify(path)})`;

describe.runIf(process.getuid?.() === 0)('two users (as root: it starts programs as both)', () => {
  const dir = mkdtempSync(join(tmpdir(), 'ramz-two-users-'));
  const [vaultDir, frontDir, socketDir] = ['vault', 'front', 'socket'].map((name) => join(dir, name)) as [
    string,
    string,
    string,
  ];
  const socket = join(socketDir, 'vault.sock');
  let vault: Started;
  let front: Started;
  let daemon: Daemon;
  let people: Rehearsal;

  const startVault = () => startAs(VAULT, 'main-vault', '--data-dir', vaultDir, '--socket', socket);
  const frontFlags = ['--socket', socket, '--vault-user', String(VAULT.uid), '--port', '0'];
  const startFront = () => startAs(FRONT, 'main-front', '--data-dir', frontDir, ...frontFlags);

  beforeAll(async () => {
    chmodSync(dir, 0o755);
    for (const [path, { uid }, gid, mode] of [
      [vaultDir, VAULT, VAULT.gid, 0o700],
      [frontDir, FRONT, FRONT.gid, 0o700],
      [socketDir, VAULT, FRONT.gid, 0o2750],
    ] as const) {
      mkdirSync(path);
      chownSync(path, uid, gid);
      chmodSync(path, mode);
    }
    vault = await startVault();
    front = await startFront();
    daemon = { dataDir: frontDir, host: '127.0.0.1', port: front.said.listening };
    people = new Rehearsal(daemon);
    await people.initialise();
    await people.unseal(['custodian-1', 'custodian-2']);
  }, 60_000);
  afterAll(async () => {
    people.close();
    for (const { child } of [front, vault]) {
      const gone = child.exitCode === null && child.signalCode === null ? ended(child) : undefined;
      child.kill('SIGKILL');
      await gone;
    }
    rmSync(dir, { recursive: true });
  });

  it('return verdicts, also after a restart of the front without custodians', async () => {
    const office = new RamzClient({ ...daemon, caller: 'enrolment-office' });
    const token = await KnownToken.enrol(office, cardNumber(1), await RecipientKeys.make());
    office.close();
    const gone = ended(front.child);
    front.child.kill('SIGTERM');
    expect(await gone).toBe(0);
    front = await startFront();
    daemon = { ...daemon, port: front.said.listening };
    const bank = new RamzClient({ ...daemon, caller: 'internet-bank' });
    expect(await bank.verify(token.request(token.code(), randomUUID()))).toMatchObject({ verdict: 'VERDICT_ACCEPTED' });
    bank.close();
  });

  it('cannot read each other: files, memory, environment, open files', () => {
    const { vault_pid: vaultPid } = vault.said;
    const secrets = [
      join(vaultDir, 'vault', 'identity.key'),
      join(vaultDir, 'vault', 'vault.db'),
      join(vaultDir, 'anchor'),
      ...['mem', 'environ', 'maps'].map((what) => `/proc/${vaultPid}/${what}`),
    ];
    for (const path of secrets) expect([path, as(FRONT, read(path)).could]).toEqual([path, false]);
    expect(as(FRONT, `require('fs').readdirSync('/proc/${vaultPid}/fd')`).why).toBe('EACCES');
    expect(as(FRONT, `process.kill(${vaultPid}, 'SIGUSR1')`).why).toBe('EPERM');
    // The vault cannot read the front's files either.
    expect(as(VAULT, read(join(frontDir, 'pki', 'server.key'))).why).toBe('EACCES');
  });

  it('share a socket that no other user can enter and the front cannot replace', () => {
    const connect = `require('net').connect(${JSON.stringify(socket)}).on('error', (e) => { throw e })
      .on('data', () => process.exit(0)).on('close', () => process.exit(3))`;
    expect(as(STRANGER, connect)).toEqual({ could: false, why: 'EACCES' });
    // A front is already connected: the vault closes a second connection without an answer.
    expect(as(FRONT, connect)).toEqual({ could: false, why: '' });
    for (const what of [
      `require('fs').unlinkSync(${JSON.stringify(socket)})`,
      `require('fs').renameSync(${JSON.stringify(socket)}, ${JSON.stringify(`${socket}.old`)})`,
      `require('fs').writeFileSync(${JSON.stringify(join(socketDir, 'other'))}, '')`,
    ])
      expect(as(FRONT, what)).toEqual({ could: false, why: 'EACCES' });
  });

  it('reject a socket or a folder that belongs to a foreign user', async () => {
    const fake = join(frontDir, 'fake');
    mkdirSync(fake);
    chownSync(fake, FRONT.uid, FRONT.gid);
    const listens = spawn(
      process.execPath,
      [
        '-e',
        `require('net').createServer().listen(${JSON.stringify(join(fake, 'vault.sock'))}, () => process.stdout.write('up'))`,
      ],
      { ...FRONT, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await new Promise((settle) => listens.stdout.once('data', settle));
    const flags = ['--socket', join(fake, 'vault.sock'), '--vault-user', String(VAULT.uid), '--port', '0'];
    await expect(startAs(FRONT, 'main-front', '--data-dir', frontDir, ...flags)).rejects.toThrow(
      /ended with 78: .*belongs to the user 65502/,
    );
    listens.kill('SIGKILL');
    const own = ['--data-dir', join(frontDir, 'own'), '--socket', join(socketDir, 'own.sock')];
    await expect(startAs(FRONT, 'main-vault', ...own)).rejects.toThrow(/ended with 78: .*is not this user's own/);
  });

  it('let no custodian trust a vault that the front started', async () => {
    const falseDir = join(frontDir, 'false');
    mkdirSync(falseDir);
    cpSync(join(frontDir, 'pki'), join(falseDir, 'pki'), { recursive: true });
    spawnSync('chown', ['-R', String(FRONT.uid), falseDir]);
    const falseOne = await startAs(FRONT, 'main', '--data-dir', falseDir, '--port', '0');
    const misled = new Rehearsal({ ...daemon, port: falseOne.said.listening, dataDir: frontDir });
    await expect(misled.unseal(['custodian-1'])).rejects.toThrow(/another vault|not the vault/);
    misled.close();
    const gone = ended(falseOne.child);
    falseOne.child.kill('SIGTERM');
    await gone;
  });
});

it('warns at start when front and vault share a user, who can read the identity key', async () => {
  await using lab = await Lab.start('real', 'uninitialised');
  const path = join(lab.dataDir, 'vault', 'identity.key');
  writeFileSync(`${path}.read`, readFileSync(path));
  expect(lab.log()).toContain('front and vault run as one user');
});
