import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Daemon } from '@ramz/client';

const DAEMON_MAIN = fileURLToPath(import.meta.resolve('@ramz/hsm-daemon/main.js'));
const START_TIMEOUT_MS = 20_000;

/** A daemon in its own process, started as an operator would. Its log goes to a file. */
export class DaemonProcess {
  readonly daemon: Daemon;
  readonly vaultPid: number;
  readonly #child: ChildProcess;

  private constructor(daemon: Daemon, child: ChildProcess, vaultPid: number) {
    this.daemon = daemon;
    this.#child = child;
    this.vaultPid = vaultPid;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** @throws Error with the daemon's own message */
  static async start(dataDir: string, host: string, port: number): Promise<DaemonProcess> {
    makeDataDir(dataDir);
    const log = openSync(join(dataDir, 'daemon.log'), 'a', 0o600);
    const argv = ['--data-dir', dataDir, '--host', host, '--port', String(port)];
    // In its own process group: Ctrl-C reaches only the tour, which then shuts down the daemon.
    const child = fork(DAEMON_MAIN, argv, { stdio: ['ignore', log, 'pipe', 'ipc'], detached: true });
    const { listening, vault_pid: vaultPid } = await started(child);
    return new DaemonProcess({ dataDir, host, port: listening }, child, vaultPid);
  }

  /** Kills both processes at once, like a power failure. */
  async kill(): Promise<void> {
    const ended = this.#ended();
    process.kill(this.vaultPid, 'SIGKILL');
    this.#child.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    const ended = this.#ended();
    this.#child.kill('SIGTERM');
    await ended;
  }

  /** Resolves when the daemon has ended, on request or not. */
  get ended(): Promise<void> {
    return this.#ended();
  }

  #ended(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return Promise.resolve();
    return new Promise((done) => this.#child.once('exit', () => done()));
  }
}

function makeDataDir(dataDir: string): void {
  try {
    // Not recursive where the parent exists: Node's recursive mkdir never ends below /proc.
    if (!existsSync(dataDir)) mkdirSync(dataDir, { recursive: !existsSync(dirname(resolve(dataDir))), mode: 0o700 });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`cannot use the data directory ${dataDir}: ${why}`, { cause: error });
  }
}

interface Listening {
  readonly listening: number;
  readonly vault_pid: number;
}

function started(child: ChildProcess): Promise<Listening> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const timer = setTimeout(
      () => reject(new Error(`the daemon is not up after ${START_TIMEOUT_MS} ms`)),
      START_TIMEOUT_MS,
    );
    child.once('message', (message) => {
      clearTimeout(timer);
      resolve(message as Listening);
    });
    child.once('exit', () => {
      clearTimeout(timer);
      reject(
        new Error(
          said.trim().replace(/^ramz-daemon: /, '') ||
            'the daemon ended before it was up; its log is daemon.log in the data directory',
        ),
      );
    });
  });
}
