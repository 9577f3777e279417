import { setTimeout as sleep } from 'node:timers/promises';
import { NODES, type Node } from './node-net.ts';
import type { PatroniCluster } from './patroni-cluster.ts';

/** How long a fault lasts before it is mended, unless it says otherwise. */
const HELD_MS = 12_000;
const HEALTHY_MS_MAX = 90_000;

/** A fault of a cluster, and how to mend it. */
interface Fault {
  readonly name: string;
  readonly strike: (cluster: PatroniCluster, leader: Node, synchronous: Node) => unknown;
  readonly mend?: (cluster: PatroniCluster, struck: Node) => unknown;
  /** The node passed to `mend`: the leader by default. */
  readonly struck?: 'synchronous';
  readonly heldMs?: number;
}

const third = (leader: Node, synchronous: Node) =>
  NODES.find((node) => node !== leader && node !== synchronous) as Node;
const restart = (cluster: PatroniCluster, node: Node) => cluster.start(node);
const heal = (cluster: PatroniCluster) => cluster.net.heal();

/**
 * Cancels or terminates random backends for two seconds, among them some that wait for the standby.
 */
const signals = (how: 'cancel' | 'terminate') => async (cluster: PatroniCluster, leader: Node) => {
  const text = `SELECT pg_${how}_backend(pid) FROM pg_stat_activity WHERE usename = 'ramz' AND random() < 0.5`;
  for (let i = 0; i < 40; i++) {
    await cluster.sql(leader, text, 'postgres').catch(() => {});
    await sleep(50);
  }
};

export const FAULTS: readonly Fault[] = [
  { name: 'the leader is killed', strike: (cluster, leader) => cluster.kill(leader), mend: restart },
  {
    name: 'the leader is frozen, and thaws',
    strike: (cluster, leader) => cluster.signal(leader, 'SIGSTOP'),
    mend: (cluster, leader) => cluster.signal(leader, 'SIGCONT'),
  },
  {
    name: 'the leader is cut off from everything',
    strike: (cluster, leader) => cluster.net.isolate(leader, true),
    mend: heal,
  },
  {
    name: 'the leader reaches the daemons only',
    strike: (cluster, leader) => cluster.net.isolate(leader, false),
    mend: heal,
  },
  {
    name: 'the line between leader and synchronous standby is cut',
    strike: (cluster, leader, synchronous) => cluster.net.cut(leader, synchronous),
    mend: heal,
  },
  {
    name: 'that line is cut, and waiting backends are canceled',
    strike: async (cluster, leader, synchronous) => {
      cluster.net.cut(leader, synchronous);
      cluster.net.cut(leader, third(leader, synchronous));
      await signals('cancel')(cluster, leader);
      cluster.kill(leader);
    },
    mend: (cluster, leader) => {
      cluster.net.heal();
      cluster.start(leader);
    },
  },
  {
    name: 'the synchronous standby is killed',
    strike: (cluster, _, synchronous) => cluster.kill(synchronous),
    mend: restart,
    struck: 'synchronous',
  },
  { name: 'PostgreSQL of the leader crashes', strike: (cluster, leader) => cluster.crash(leader) },
  { name: 'pg_cancel_backend at random', strike: signals('cancel'), heldMs: 0 },
  { name: 'pg_terminate_backend at random', strike: signals('terminate'), heldMs: 0 },
  {
    name: 'a switch-over by command',
    strike: (cluster, leader, synchronous) => cluster.switchOver(leader, synchronous),
    heldMs: 4_000,
  },
  {
    name: "the leader's disk is full",
    strike: (cluster, leader) => cluster.fill(leader),
    mend: (cluster, leader) => {
      cluster.makeRoom(leader);
      // Patroni starts a PostgreSQL that stopped; one that waits for room continues.
    },
  },
];

/**
 * Strikes, waits, mends, and waits until the cluster is healthy. Returns how long that took, in
 * milliseconds.
 */
export async function endure(cluster: PatroniCluster, fault: Fault): Promise<number> {
  const { leader, synchronous } = await cluster.healthy(HEALTHY_MS_MAX);
  const beganMs = Date.now();
  await fault.strike(cluster, leader, synchronous);
  await sleep(fault.heldMs ?? HELD_MS);
  await fault.mend?.(cluster, fault.struck === 'synchronous' ? synchronous : leader);
  await cluster.healthy(HEALTHY_MS_MAX);
  return Date.now() - beganMs;
}
