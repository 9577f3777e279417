// Three PostgreSQL servers managed by Patroni with etcd on this machine, as
// docs/cluster/patroni.yml configures them: Debian's packages, a folder of their own, free ports.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { freePort } from '../../apps/hsm-daemon/src/free-port.ts';
import { groupOf, NODES, type Node, NodeNet, type NodePorts } from './node-net.ts';

const TEMPLATE = fileURLToPath(new URL('../../docs/cluster/patroni.yml', import.meta.url));
const HOST = '127.0.0.1';
const PASSWORD = 'of-a-test';
const UP_MS_MAX = 60_000;
const VOLUME_MIB = 1_024;

/** Returns what is missing for a cluster and how to install it, or an empty string. */
export function missingForCluster(): string {
  if (process.getuid?.() !== 0) return 'only root can cut lines and start programs as another user';
  const missing = ['patroni', 'etcd', 'nft', 'setpriv'].filter((name) => spawnSync('which', [name]).status !== 0);
  if (missing.length > 0 || binaries() === undefined) {
    const packages = 'patroni etcd-server python3-etcd nftables postgresql';
    return `${missing.join(', ') || 'PostgreSQL'} is missing: apt-get install --no-install-recommends ${packages}`;
  }
  return NodeNet.canCut ? '' : 'nftables may not be used here (CAP_NET_ADMIN)';
}

function binaries(): string | undefined {
  const root = '/usr/lib/postgresql';
  const [newest] = existsSync(root) ? readdirSync(root).toSorted((a, b) => Number(b) - Number(a)) : [];
  return newest === undefined ? undefined : join(root, newest, 'bin');
}

export class PatroniCluster {
  readonly #dir = mkdtempSync(join(tmpdir(), 'ramz-cluster-'));
  readonly net: NodeNet;
  readonly #user: { readonly uid: number; readonly gid: number };
  readonly #ports: readonly NodePorts[];
  readonly #etcdPorts: readonly [number, number];
  readonly #pids = new Map<Node | 'etcd', number>();

  private constructor(ports: readonly NodePorts[], etcdPorts: readonly [number, number]) {
    this.#ports = ports;
    this.#etcdPorts = etcdPorts;
    this.net = new NodeNet(ports);
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
    this.#user = { uid: id('-u'), gid: id('-g') };
  }

  /** Resolves when there is a leader with a synchronous standby, and a database for the daemons. */
  static async start(): Promise<PatroniCluster> {
    const free = await Promise.all(Array.from({ length: 8 }, () => freePort(HOST)));
    const ports = NODES.map((node) => ({ pg: free[node * 2] ?? 0, rest: free[node * 2 + 1] ?? 0 }));
    const cluster = new PatroniCluster(ports, [free[6] ?? 0, free[7] ?? 0]);
    cluster.net.lay();
    await cluster.#startEtcd();
    for (const node of NODES) cluster.#layNode(node);
    for (const node of NODES) cluster.start(node);
    const { leader } = await cluster.healthy(UP_MS_MAX);
    await cluster.sql(leader, `CREATE ROLE ramz LOGIN PASSWORD '${PASSWORD}'`, 'postgres');
    await cluster.sql(leader, 'CREATE DATABASE ramz OWNER ramz', 'postgres');
    return cluster;
  }

  /** Options for each daemon: all three servers, and the password. */
  get flags(): readonly string[] {
    const password = join(this.#dir, 'password');
    writeFileSync(password, `${PASSWORD}\n`, { mode: 0o600 });
    const urls = this.#ports.map((ports) => `postgres://ramz@${HOST}:${ports.pg}/ramz`);
    return [...urls.flatMap((url) => ['--database', url]), '--database-password', password];
  }

  async #startEtcd(): Promise<void> {
    const dir = join(this.#dir, 'etcd');
    mkdirSync(dir, { mode: 0o700 });
    chownSync(dir, this.#user.uid, this.#user.gid);
    chmodSync(this.#dir, 0o755);
    const [clients, peers] = this.#etcdPorts.map((port) => `http://${HOST}:${port}`) as [string, string];
    const log = openSync(join(this.#dir, 'etcd.log'), 'a');
    const flags = {
      name: 'etcd',
      'data-dir': join(dir, 'data'),
      'listen-client-urls': clients,
      'advertise-client-urls': clients,
      'listen-peer-urls': peers,
      'initial-advertise-peer-urls': peers,
      'initial-cluster': `etcd=${peers}`,
    };
    const argv = ['--enable-v2', ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value])];
    const child = spawn('etcd', argv, { ...this.#user, detached: true, stdio: ['ignore', log, log] });
    this.#pids.set('etcd', child.pid ?? 0);
    await until(async () => (await fetch(`${clients}/health`)).ok, UP_MS_MAX, 'etcd does not answer');
  }

  #layNode(node: Node): void {
    const dir = this.#dirOf(node);
    mkdirSync(dir);
    // Each node has its own volume, so that it can be filled.
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${VOLUME_MIB}m,mode=0755`, 'tmpfs', dir]);
    mkdirSync(join(dir, 'data'), { mode: 0o700 });
    const { pg: pgPort, rest } = this.#ports[node] as NodePorts;
    const values: Readonly<Record<string, string | number>> = {
      NODE: `node${node}`,
      HOST,
      PG_PORT: pgPort,
      REST_PORT: rest,
      ETCD: `${HOST}:${this.#etcdPorts[0]}`,
      DATA: join(dir, 'data'),
      BIN: binaries() ?? '',
      SOCKETS: dir,
      NETWORK: `${HOST}/32`,
      WAL_KEPT: '64MB',
      SUPERUSER_PASSWORD: PASSWORD,
      REPLICATION_PASSWORD: PASSWORD,
    };
    const config = readFileSync(TEMPLATE, 'utf8').replaceAll(/^(?!#).*$/gm, (line) =>
      line.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => String(values[name])),
    );
    writeFileSync(join(dir, 'patroni.yml'), config);
    execFileSync('chown', ['-R', `${this.#user.uid}:${this.#user.gid}`, dir]);
  }

  #dirOf(node: Node): string {
    return join(this.#dir, `node${node}`);
  }

  start(node: Node): void {
    const log = openSync(join(this.#dir, `node${node}.log`), 'a');
    const as = [`--reuid=${this.#user.uid}`, `--regid=${groupOf(node)}`, '--clear-groups', '--no-new-privs'];
    const child = spawn('setpriv', [...as, 'patroni', join(this.#dirOf(node), 'patroni.yml')], {
      detached: true,
      cwd: this.#dirOf(node),
      stdio: ['ignore', log, log],
      env: { PATH: `/usr/bin:/bin:${binaries()}`, HOME: this.#dirOf(node), LANG: 'C.UTF-8' },
    });
    child.unref();
    this.#pids.set(node, child.pid ?? 0);
  }

  /** Sends a signal to all processes of a node's Patroni and PostgreSQL. */
  signal(node: Node, signal: NodeJS.Signals): void {
    for (const pid of processesOfGroup(groupOf(node))) tryKill(pid, signal);
  }

  kill(node: Node): void {
    this.signal(node, 'SIGKILL');
  }

  /** Kills PostgreSQL only, as in a crash. */
  crash(node: Node): void {
    const [pid = ''] = readFileSync(join(this.#dirOf(node), 'data', 'postmaster.pid'), 'utf8').split('\n');
    tryKill(Number(pid), 'SIGKILL');
  }

  /** Fills the volume until it is full. */
  fill(node: Node): void {
    spawnSync('sh', ['-c', `cat /dev/zero > ${join(this.#dirOf(node), 'ballast')}`], this.#user);
  }

  makeRoom(node: Node): void {
    rmSync(join(this.#dirOf(node), 'ballast'), { force: true });
  }

  /** Requests a switch-over, as before maintenance. */
  async switchOver(leader: Node, candidate: Node): Promise<void> {
    const body = JSON.stringify({ leader: `node${leader}`, candidate: `node${candidate}` });
    await fetch(`${this.#restOf(leader)}/switchover`, { method: 'POST', body });
  }

  #restOf(node: Node): string {
    return `http://${HOST}:${this.#ports[node]?.rest ?? 0}`;
  }

  /**
   * Returns the node that reports this role for itself.
   * @throws Error when none does
   */
  async #nodeThatIs(role: string): Promise<Node> {
    for (const node of NODES) {
      const signal = AbortSignal.timeout(1_000);
      const answer = await fetch(`${this.#restOf(node)}/${role}`, { signal }).catch(() => undefined);
      await answer?.body?.cancel();
      if (answer?.ok) return node;
    }
    throw new Error(`no node is ${role}`);
  }

  /** Waits for a leader, a synchronous standby and a third node that follows. */
  async healthy(msMax: number): Promise<{ readonly leader: Node; readonly synchronous: Node }> {
    let roles: { leader: Node; synchronous: Node } | undefined;
    const isHealthy = async () => {
      const [leader, synchronous] = await Promise.all([this.#nodeThatIs('primary'), this.#nodeThatIs('synchronous')]);
      roles = { leader, synchronous };
      const text = 'SELECT count(*) AS standbys FROM pg_stat_replication WHERE state = $$streaming$$';
      const [row] = await this.sql(leader, text, 'postgres');
      return Number(row?.['standbys']) === 2;
    };
    await until(isHealthy, msMax, 'the cluster is not healthy');
    return roles as { leader: Node; synchronous: Node };
  }

  async sql(node: Node, text: string, database = 'ramz'): Promise<readonly Record<string, unknown>[]> {
    const login = { user: 'postgres', password: PASSWORD, database };
    const config = { host: HOST, port: this.#ports[node]?.pg ?? 0, ...login, connectionTimeoutMillis: 1_000 };
    const client = new pg.Client({ ...config, query_timeout: 5_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      void client.end().catch(() => {});
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const node of NODES) this.kill(node);
    tryKill(this.#pids.get('etcd') ?? 0, 'SIGKILL');
    await sleep(300);
    this.net.remove();
    for (const node of NODES) spawnSync('umount', ['-l', this.#dirOf(node)]);
    rmSync(this.#dir, { recursive: true, force: true });
  }
}

/** Returns every process with this effective group, from `/proc`. */
function processesOfGroup(group: number): number[] {
  const found: number[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const [, effective = ''] = /^Gid:\s+\d+\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8')) ?? [];
      if (Number(effective) === group) found.push(Number(name));
    } catch {
      // It has ended.
    }
  }
  return found;
}

function tryKill(pid: number, signal: NodeJS.Signals): void {
  if (pid <= 0) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}

async function until(isSo: () => Promise<boolean>, msMax: number, what: string): Promise<void> {
  const endMs = Date.now() + msMax;
  for (;;) {
    if (await isSo().catch(() => false)) return;
    if (Date.now() > endMs) throw new Error(`${what} after ${msMax / 1_000} s`);
    await sleep(200);
  }
}
