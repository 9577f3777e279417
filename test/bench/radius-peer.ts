// A C peer that checks codes over the network: FreeRADIUS with its module `totp` (Debian:
// freeradius and freeradius-utils). It is stateless: the same code is accepted repeatedly, and
// nothing is written.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeBase32, formatCode, HmacKey, hotpDigits, Secret, totp } from '../../libs/otp-core/dist/index.js';
import { cpuMs } from './process-cpu.ts';

const SERVER = '/usr/sbin/freeradius';
const DICTIONARY = '/usr/share/freeradius';
const CLIENT = '/usr/bin/radclient';
const KEY = Buffer.from('12345678901234567890');
const PERIOD_S = 30;
/**
 * It rejects codes of the previous step: a round that would start this late waits for the next
 * step.
 */
const LAST_SECONDS = 3;
const READY_MS = 2_000;

/** Measured on another machine, and labeled so. Used where FreeRADIUS is not installed. */
export const RECORDED_US = 24.5;

export class RadiusPeer {
  readonly #dir: string;
  readonly #port: number;
  readonly #child: ChildProcess;

  private constructor(dir: string, port: number, child: ChildProcess) {
    this.#dir = dir;
    this.#port = port;
    this.#child = child;
  }

  /** Returns undefined where it is not installed. */
  static async start(): Promise<RadiusPeer | undefined> {
    if (!existsSync(SERVER) || !existsSync(CLIENT)) return undefined;
    const dir = mkdtempSync(join(tmpdir(), 'ramz-radius-'));
    const port = await freePort();
    writeFileSync(join(dir, 'radiusd.conf'), config(dir, port));
    writeFileSync(join(dir, 'dictionary'), `$INCLUDE ${DICTIONARY}/dictionary\n`);
    const argv = ['-f', '-l', 'stdout', '-d', dir, '-D', DICTIONARY];
    const child = spawn(SERVER, argv, { stdio: 'ignore' });
    await new Promise((ready) => setTimeout(ready, READY_MS));
    return child.exitCode === null ? new RadiusPeer(dir, port, child) : undefined;
  }

  /** Measures its CPU time per code, in microseconds. */
  async cpuMicros(codes: number): Promise<number> {
    await awayFromTurn();
    const code = formatCode(
      totp(
        HmacKey.from('sha1', Secret.copy(KEY)),
        Date.now(),
        { periodSeconds: PERIOD_S, t0Seconds: 0 },
        hotpDigits(6),
      ),
    );
    const requests = Array.from({ length: codes }, (_, n) => `User-Name = "card-${n}"\nUser-Password = "${code}"\n`);
    const file = join(this.#dir, 'requests');
    writeFileSync(file, requests.join('\n'));
    const before = cpuMs(this.#child.pid ?? 0);
    const argv = ['-f', file, '-p', '64', '-q', '-s', '-t', '2', '-r', '1', `127.0.0.1:${this.#port}`, 'auth', 'peer'];
    const { stdout } = spawnSync(CLIENT, argv, { encoding: 'utf8', timeout: 60_000 });
    const accepted = Number(/Accepted\s*: (\d+)/.exec(stdout)?.[1] ?? 0);
    if (accepted !== codes) throw new Error(`the C peer accepted ${accepted} of ${codes} codes:\n${stdout}`);
    return ((cpuMs(this.#child.pid ?? 0) - before) * 1_000) / codes;
  }

  async stop(): Promise<void> {
    this.#child.kill();
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
    rmSync(this.#dir, { recursive: true });
  }
}

async function awayFromTurn(): Promise<void> {
  const leftS = PERIOD_S - ((Date.now() / 1_000) % PERIOD_S);
  if (leftS < LAST_SECONDS) await new Promise((turned) => setTimeout(turned, (leftS + 0.1) * 1_000));
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  return port;
}

/** The minimal configuration: one thread, no request log, no delay of rejections. */
function config(dir: string, port: number): string {
  return `prefix = ${dir}
localstatedir = ${dir}
logdir = ${dir}
run_dir = ${dir}
libdir = /usr/lib/freeradius
security {
  max_attributes = 200
  reject_delay = 0
  status_server = no
}
max_requests = 65536
thread pool {
  start_servers = 1
  max_servers = 1
  min_spare_servers = 1
  max_spare_servers = 1
  max_requests_per_server = 0
}
client localhost {
  ipaddr = 127.0.0.1
  secret = peer
}
modules {
  totp {
  }
}
server default {
  listen {
    type = auth
    ipaddr = 127.0.0.1
    port = ${port}
  }
  authorize {
    update control {
      &TOTP-Secret := "${encodeBase32(KEY)}"
      &Auth-Type := totp
    }
    update request {
      &TOTP-Password := "%{User-Password}"
    }
  }
  authenticate {
    Auth-Type totp {
      totp
    }
  }
}
`;
}
