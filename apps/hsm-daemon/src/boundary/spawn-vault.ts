import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ToFront, ToVault } from './messages.ts';
import { packBatch, unpackReplies } from './packed-batch.ts';
import type { RunningVault } from './running-vault.ts';
import { VaultLink } from './vault-link.ts';
import { VAULT_LIBRARIES, type VaultOptions } from './vault-options.ts';

const DAEMON_ROOT = fileURLToPath(new URL('../../', import.meta.url));
const VAULT_ENTRY = fileURLToPath(new URL('../vault/main.js', import.meta.url));

/**
 * Starts the vault in a confined process of its own. Tests pass another module as `entry`.
 * @throws Error with the vault's message when it cannot start
 */
export async function spawnVault(options: VaultOptions, entry: string = VAULT_ENTRY): Promise<RunningVault> {
  const child = spawnConfined(options, entry);
  // Sending to a vault that is ending fails here or there. Only its end counts, and that is handled
  // below.
  const tell = (message: ToVault) => void child.send(message, () => {});
  const link = new VaultLink((batch) => tell({ batch: packBatch(batch) }), setImmediate);
  child.on('error', () => link.vaultIsGone());
  let failure: string | undefined;
  const ended = new Promise<string | undefined>((settle) => {
    child.once('exit', (_code, signal) => {
      link.vaultIsGone();
      settle(failure ?? (signal === null ? undefined : `it was ended by ${signal}`));
    });
  });
  await new Promise<void>((ready, fail) => {
    child.on('message', (message: ToFront) => {
      if ('ready' in message) ready();
      else if ('replies' in message) link.takeReplies(unpackReplies(message.replies));
      else failure = message.failed;
    });
    void ended.then(() => fail(new Error(failure ?? 'the vault process ended before it was ready')));
  });
  const stop = async () => {
    if (child.connected) tell({ stop: true });
    await ended;
  };
  return { link, pid: child.pid ?? 0, stop, kill: () => void child.kill('SIGKILL'), ended };
}

/**
 * Spawns a process that reads its own files only, without child processes, inspector or core dumps.
 */
export function spawnConfined(options: VaultOptions, entry: string = VAULT_ENTRY): ChildProcess {
  const usesToken = options.unseal === 'pkcs11' || options.identity === 'pkcs11';
  const ofToken = usesToken ? pkcs11Paths(options.pkcs11Path) : [];
  const readable = [
    ...codeRoots(entry),
    dirname(options.profilePath),
    options.vaultDir,
    options.anchorPath,
    ...(options.socketPath === '' ? [] : [dirname(options.socketPath)]),
    ...ofToken,
    ...databasePaths(options),
  ];
  const confined = [
    '--permission',
    ...readable.map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${options.vaultDir}`,
    `--allow-fs-write=${options.anchorPath}`,
    ...(options.socketPath === '' ? [] : [`--allow-fs-write=${dirname(options.socketPath)}`]),
    // Only the library of a PKCS #11 token is native code. In the other modes none can be loaded.
    ...(ofToken.length > 0 ? ['--allow-addons'] : []),
    ...debuggerFlags(options),
    '--disable-sigusr1',
    // A seal runs the garbage collector, to release key objects at once.
    '--expose-gc',
    '--disable-warning=ExperimentalWarning',
  ];
  // A core file would contain every key. A shell sets the limit and is then replaced by the vault.
  const withoutCore = ['-c', 'ulimit -c 0; exec "$0" "$@"', process.execPath];
  return spawn('/bin/sh', [...withoutCore, ...confined, entry, JSON.stringify(options)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
    // Inherits no environment: NODE_OPTIONS could load code into the vault.
    env: {},
  });
}

/** The test realm only: `assertAllowed` and the vault itself refuse it in the live one. */
function debuggerFlags({ debugVault }: VaultOptions): string[] {
  return debugVault === undefined ? [] : ['--allow-inspector', `--inspect=127.0.0.1:${debugVault}`];
}

/**
 * Returns the paths of the password and of the authorities that signed the servers' certificates.
 */
function databasePaths({ databases, databasePasswordPath }: VaultOptions): string[] {
  const authorities = databases.flatMap(({ tls }) => (tls === undefined ? [] : [tls.caPath]));
  return databasePasswordPath === '' ? authorities : [...authorities, databasePasswordPath];
}

/** Returns the paths of the settings and of the PIN file that they name. */
function pkcs11Paths(path: string): string[] {
  const { pin_file: pinFile } = JSON.parse(readFileSync(path, 'utf8')) as { pin_file?: unknown };
  return [path, ...(typeof pinFile === 'string' ? [pinFile] : [])];
}

/** Returns the folders of the vault's own code and its packages, and no others. */
function codeRoots(entry: string): string[] {
  const packages = VAULT_LIBRARIES.map((name) => dirname(fileURLToPath(import.meta.resolve(name))));
  const roots = [DAEMON_ROOT, dirname(entry), ...packages.map(dirname)];
  for (let dir = DAEMON_ROOT; dir !== dirname(dir); dir = dirname(dir)) {
    if (existsSync(resolve(dir, 'node_modules'))) roots.push(resolve(dir, 'node_modules'));
  }
  return roots;
}
