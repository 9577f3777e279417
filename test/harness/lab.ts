import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Daemon, RamzClient, Rehearsal, withRehearsal } from '@ramz/client';
import { copyInitialized } from './initialized-folder.ts';

const DAEMON_MAIN = fileURLToPath(new URL('../../apps/hsm-daemon/dist/main.js', import.meta.url));
/** As `bin/ramz-daemon.js` starts it. */
const NODE_FLAGS = ['--max-semi-space-size=8'];
const PLANTED_MAIN = fileURLToPath(new URL('./planted-daemon.ts', import.meta.url));

/** The daemon's vault: the real one, or a modified one from test/planted. */
export type VaultKind =
  | 'real'
  | 'no-single-use'
  | 'no-compare'
  | 'deaf-store'
  | 'hasty-store'
  | 'crashing'
  | 'full-disk'
  | 'odd-clock'
  | 'virtual-clock'
  | 'recorded';

/** The message a daemon sends to its parent when it is ready. */
interface Listening {
  readonly listening: number;
  readonly vault_pid: number;
  readonly metrics_port?: number;
}

/** A daemon of the test realm in its own folder. A test may start and stop it repeatedly. */
export class Lab {
  readonly dataDir: string = mkdtempSync(join(tmpdir(), 'ramz-lab-'));
  /** Data directory of the daemon that held the first ceremony. */
  #peopleOf = this.dataDir;
  #child: ChildProcess | undefined;
  #port = 0;
  #vaultPid = 0;
  #metricsPort = 0;
  readonly #clients: RamzClient[] = [];
  readonly #people: Rehearsal[] = [];

  /** Starts a daemon, makes its keys and unseals it, or stops earlier at the state `until`. */
  static async start(
    vault: VaultKind = 'real',
    until: 'uninitialised' | 'sealed' | 'operational' = 'operational',
    flags: readonly string[] = [],
  ) {
    const lab = new Lab();
    const isUsual = vault === 'real' && flags.length === 0 && until !== 'uninitialised';
    const isCopied = isUsual && (await copyInitialized(lab.dataDir, Lab.#initializedFolder));
    await lab.startDaemon(vault, flags);
    if (until !== 'uninitialised' && !isCopied) await lab.#initialise();
    if (until === 'operational') await lab.unseal();
    return lab;
  }

  /** Like `start`, with keys and an identity that no other daemon of this run has. */
  static async startWithOwnKeys(): Promise<Lab> {
    const lab = new Lab();
    await lab.startDaemon();
    await lab.#initialise();
    await lab.unseal();
    return lab;
  }

  static async #initializedFolder(this: void): Promise<string> {
    const lab = new Lab();
    await lab.startDaemon();
    await lab.#initialise();
    await lab.stopDaemon();
    rmSync(join(lab.dataDir, 'daemon.log'));
    return lab.dataDir;
  }

  async #initialise(): Promise<void> {
    await withRehearsal(this.daemon, (people) => people.initialise());
  }

  /**
   * Starts and unseals another daemon with the same people and callers, on the database in `flags`.
   * @param errorMs initial error of an odd clock
   */
  async beside(flags: readonly string[], vault: VaultKind = 'real', errorMs = 0): Promise<Lab> {
    const lab = new Lab();
    mkdirSync(join(lab.dataDir, 'vault'), { mode: 0o700 });
    if (vault === 'odd-clock') lab.setClock(errorMs);
    cpSync(join(this.dataDir, 'pki'), join(lab.dataDir, 'pki'), { recursive: true });
    lab.#peopleOf = this.dataDir;
    try {
      await lab.startDaemon(vault, flags);
      await lab.unseal();
      return lab;
    } catch (error) {
      await lab[Symbol.asyncDispose]();
      throw error;
    }
  }

  get daemon(): Daemon {
    return { dataDir: this.dataDir, host: '127.0.0.1', port: this.#port };
  }

  get frontPid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Set for a daemon started with `--metrics-port`. */
  get metricsPort(): number {
    return this.#metricsPort;
  }

  get vaultPid(): number {
    return this.#vaultPid;
  }

  /** Starts the daemon with further options, and waits until it listens. */
  async startDaemon(vault: VaultKind = 'real', flags: readonly string[] = []): Promise<void> {
    const log = openSync(join(this.dataDir, 'daemon.log'), 'a');
    const entry = vault === 'real' ? [DAEMON_MAIN] : [PLANTED_MAIN, vault];
    const argv = [...entry.slice(1), '--data-dir', this.dataDir, '--port', '0', ...flags];
    const child = fork(entry[0] ?? '', argv, {
      stdio: ['ignore', log, log, 'ipc'],
      execArgv: [...process.execArgv, ...NODE_FLAGS],
    });
    closeSync(log);
    this.#child = child;
    const message = await new Promise<Listening>((resolve, reject) => {
      child.once('message', (said) => resolve(said as Listening));
      child.once('exit', (code) =>
        reject(new Error(`the daemon ended with ${code} before it was ready: ${this.#lastWords()}`)),
      );
    });
    this.#port = message.listening;
    this.#vaultPid = message.vault_pid;
    this.#metricsPort = message.metrics_port ?? 0;
  }

  #lastWords(): string {
    return this.log().trimEnd().split('\n').at(-1) ?? '';
  }

  /** Returns the daemon's output so far. */
  log(): string {
    return readFileSync(join(this.dataDir, 'daemon.log'), 'utf8');
  }

  async unseal(): Promise<void> {
    const names = ['custodian-1', 'custodian-2'];
    const { unsealed } = await withRehearsal(this.daemon, (people) => people.unseal(names), this.#peopleOf);
    if (!unsealed) throw new Error('two shares did not unseal the vault');
  }

  /** Returns the people of the rehearsal, with their own connections. */
  people(): Rehearsal {
    const people = new Rehearsal(this.daemon, this.#peopleOf);
    this.#people.push(people);
    return people;
  }

  /** Returns a client with its own connection. */
  client(caller: string): RamzClient {
    const client = new RamzClient({ ...this.daemon, caller }, { 'grpc.use_local_subchannel_pool': 1 });
    this.#clients.push(client);
    return client;
  }

  /** Sets how far the wall clock of a daemon with an odd clock is ahead. */
  setClock(errorMs: number): void {
    writeFileSync(join(this.dataDir, 'vault', 'clock-error'), String(errorMs));
  }

  clockError(): number {
    return Number(readFileSync(join(this.dataDir, 'vault', 'clock-error'), 'utf8'));
  }

  /** Sends SIGKILL to one process or both. Resolves when the front has exited. */
  async kill(which: 'front' | 'vault' | 'both'): Promise<void> {
    const ended = this.ended();
    if (which !== 'front') tryKill(this.#vaultPid);
    if (which !== 'vault') tryKill(this.frontPid);
    await ended;
  }

  /** Sends SIGTERM. Returns the daemon's exit code. */
  async stopDaemon(): Promise<number | null> {
    const ended = this.ended();
    this.#child?.kill('SIGTERM');
    return await ended;
  }

  /** Returns whether the daemon ends by itself within a time. */
  async hasEndedWithin(ms: number): Promise<boolean> {
    return Promise.race([this.ended().then(() => true), sleep(ms, false)]);
  }

  ended(): Promise<number | null> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) {
      return Promise.resolve(child?.exitCode ?? null);
    }
    return new Promise((done) => child.once('exit', (code) => done(code)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of [...this.#clients, ...this.#people]) client.close();
    await this.kill('both');
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

function tryKill(pid: number): void {
  // 0 would mean this test's own process group.
  if (pid === 0) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has already exited.
  }
}
