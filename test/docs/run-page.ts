// Runs the commands of a page in their order, in a folder of their own, on free ports.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../apps/hsm-daemon/src/free-port.ts';
import { ROOT } from '../architecture/source-files.ts';
import { blocksOf, type CommandBlock } from './pages.ts';

/** Ports that a page says, each with the free one that stands for it. */
const PAGE_PORTS = ['50551', '9464', '7700', '3240'];
const UP_WITHIN_MS = 30_000;

/** As a reader does who follows the page. @throws Error that names the block that did otherwise */
export async function runPage(page: string): Promise<void> {
  const run = await PageRun.start();
  try {
    for (const block of blocksOf(page)) await run.do(block);
  } finally {
    await run.end();
  }
}

class PageRun {
  readonly #folder = mkdtempSync(join(tmpdir(), 'ramz-page-'));
  readonly #ports: ReadonlyMap<string, number>;
  readonly #printed = new Map<string, string>();
  #beside: ChildProcess | undefined;
  /** Of what stays up. */
  #said = '';

  private constructor(ports: ReadonlyMap<string, number>) {
    this.#ports = ports;
    for (const name of ['docs', 'apps', 'libs', 'node_modules'])
      symlinkSync(join(ROOT, name), join(this.#folder, name));
  }

  static async start(): Promise<PageRun> {
    const ports = new Map<string, number>();
    for (const port of PAGE_PORTS) ports.set(port, await freePort('127.0.0.1'));
    return new PageRun(ports);
  }

  async do(block: CommandBlock): Promise<void> {
    if (block.kind === 'run') return this.#toItsEnd(block);
    if (block.kind === 'stays' || block.kind === 'restarts') return this.#startBeside(block);
    if (block.kind === 'kills') return this.#killBeside('SIGKILL');
  }

  #toItsEnd(block: CommandBlock): void {
    const options = { cwd: this.#folder, env: this.#environment(), encoding: 'utf8', timeout: 120_000 } as const;
    const { status, stdout, stderr } = spawnSync('bash', ['-euc', this.#asRun(block.text)], options);
    if (status !== block.exitCode) {
      const where = `${block.page}:${block.line} ended with ${status}, not ${block.exitCode}`;
      throw new Error(`${where}\n${stdout}${stderr}\nbeside it: ${this.#said.slice(-2_000)}`);
    }
    if (block.prints !== '') this.#printed.set(block.prints, stdout.trim());
  }

  async #startBeside(block: CommandBlock): Promise<void> {
    const asRun = this.#asRun(block.text);
    const child = spawn('bash', ['-euc', asRun], { cwd: this.#folder, env: this.#environment(), detached: true });
    this.#beside = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#said += text;
      });
    }
    const port = this.#ports.get(asRun.includes('ramz-token') ? '7700' : '50551') ?? 0;
    const until = Date.now() + UP_WITHIN_MS;
    while (!(await answers(port))) {
      if (Date.now() > until || child.exitCode !== null) {
        throw new Error(`${block.page}:${block.line} is not up on port ${port}:\n${this.#said}`);
      }
      await wait(100);
    }
  }

  async #killBeside(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#beside;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('close', done));
    process.kill(-child.pid, signal);
    await ended;
  }

  /** npx is what finds a program of the repository: here it is on the path. */
  #asRun(text: string): string {
    const own = [...this.#ports].reduce((said, [page, port]) => said.replaceAll(page, String(port)), text);
    const filled = [...this.#printed].reduce((said, [name, value]) => said.replaceAll(`<${name}>`, value), own);
    const program = filled.replaceAll(/ramz-token run(.*)/g, (line) => {
      return `${line} --lab-port ${this.#ports.get('7700')} --usbip-port ${this.#ports.get('3240')}`;
    });
    return `npx() { "$@"; }\n${program}`;
  }

  #environment(): NodeJS.ProcessEnv {
    const path = `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`;
    return { ...process.env, PATH: path, RAMZ_PORT: String(this.#ports.get('50551')) };
  }

  async end(): Promise<void> {
    await this.#killBeside('SIGTERM');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const end = (isUp: boolean) => {
      socket.destroy();
      resolve(isUp);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}
