import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { VaultOptions } from '../vault/start-vault.ts';
import type { ToFront, ToVault } from './commands.ts';
import { VaultLink } from './vault-link.ts';

const DAEMON_ROOT = fileURLToPath(new URL('../../', import.meta.url));
const VAULT_ENTRY = fileURLToPath(new URL('../vault/main.js', import.meta.url));

/** The vault's process as the front sees it: commands in, replies out, and its end. */
export interface RunningVault {
  readonly link: VaultLink;
  readonly pid: number;
  /** Asks it to finish its batch and stop; settles when it has. */
  stop(): Promise<void>;
  /** Settles when the process has ended, however it ended; with a sentence when it told why. */
  readonly ended: Promise<string | undefined>;
}

/**
 * Starts the vault in a process of its own: its files only, no child processes, no inspector, no core
 * dumps. `entry` is another module in tests. @throws Error with the vault's sentence when it can not start
 */
export async function spawnVault(options: VaultOptions, entry: string = VAULT_ENTRY): Promise<RunningVault> {
  const child = spawnConfined(options, entry);
  const link = new VaultLink((batch) => child.send({ batch } satisfies ToVault));
  let failure: string | undefined;
  const ended = new Promise<string | undefined>((settle) => {
    child.once('exit', () => {
      link.vaultIsGone();
      settle(failure);
    });
  });
  await new Promise<void>((ready, fail) => {
    child.on('message', (message: ToFront) => {
      if ('ready' in message) ready();
      else if ('replies' in message) link.takeReplies(message.replies);
      else failure = message.failed;
    });
    void ended.then(() => fail(new Error(failure ?? 'the vault process ended before it was ready')));
  });
  const stop = async () => {
    if (child.connected) child.send({ stop: true } satisfies ToVault);
    await ended;
  };
  return { link, pid: child.pid ?? 0, stop, ended };
}

function spawnConfined(options: VaultOptions, entry: string): ChildProcess {
  const readable = [...codeRoots(entry), dirname(options.profile_path), options.data_dir];
  const confined = [
    '--permission',
    ...readable.map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${options.data_dir}`,
    '--disable-sigusr1',
    '--disable-warning=ExperimentalWarning',
  ];
  // A core file would hold every key: the limit is set by a shell that the vault then takes the place of.
  const without_core = ['-c', 'ulimit -c 0; exec "$0" "$@"', process.execPath];
  return spawn('/bin/sh', [...without_core, ...confined, entry, JSON.stringify(options)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
    // Nothing of the caller's environment: NODE_OPTIONS could load code into the vault.
    env: {},
  });
}

/** Where the vault's own code and its packages are: up to the folder that holds node_modules. */
function codeRoots(entry: string): string[] {
  const roots = [DAEMON_ROOT, dirname(entry)];
  for (let dir = DAEMON_ROOT; dir !== dirname(dir); dir = dirname(dir)) {
    if (existsSync(resolve(dir, 'node_modules'))) roots.push(dir);
  }
  return roots;
}
