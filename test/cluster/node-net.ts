// Cuts the network between servers on one machine: the processes of each node have their own group,
// by which nftables marks the connections they open.
import { execFileSync, spawnSync } from 'node:child_process';

export const NODES = [0, 1, 2] as const;
export type Node = (typeof NODES)[number];

export interface NodePorts {
  readonly pg: number;
  readonly rest: number;
}

/** Unused group ids. */
const FIRST_GROUP = 65_511;

export function groupOf(node: Node): number {
  return FIRST_GROUP + node;
}

export class NodeNet {
  readonly #table = ['inet', `ramz${process.pid}`];
  readonly #ports: readonly NodePorts[];

  constructor(ports: readonly NodePorts[]) {
    this.#ports = ports;
  }

  static get canCut(): boolean {
    const table = ['table', 'inet', 'ramz-probe'];
    if (spawnSync('nft', ['add', ...table]).status !== 0) return false;
    spawnSync('nft', ['delete', ...table]);
    return true;
  }

  lay(): void {
    this.#nft('add', 'table', ...this.#table);
    const chain = (name: string, priority: string) =>
      this.#nft('add', 'chain', ...this.#table, name, `{ type filter hook output priority ${priority}; }`);
    chain('marks', '-150');
    chain('cuts', '0');
    for (const node of NODES) {
      const group = String(groupOf(node));
      const mark = ['meta', 'skgid', group, 'ct', 'direction', 'original', 'ct', 'mark', 'set', group];
      this.#nft('add', 'rule', ...this.#table, 'marks', ...mark);
    }
  }

  remove(): void {
    spawnSync('nft', ['delete', 'table', ...this.#table]);
  }

  /**
   * Cuts two nodes off from each other, in both directions. Both still reach etcd and the daemons.
   */
  cut(one: Node, other: Node): void {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      this.#drop('ct', 'mark', String(groupOf(from)), 'tcp', 'dport', this.#portsOf(to));
      this.#drop('ct', 'mark', String(groupOf(from)), 'tcp', 'sport', this.#portsOf(to));
    }
  }

  /** Cuts a node off from the other nodes and etcd, and with `daemons` from the daemons too. */
  isolate(node: Node, daemons: boolean): void {
    this.#drop('ct', 'mark', String(groupOf(node)));
    for (const other of NODES.filter((one) => one !== node)) this.cut(node, other);
    if (!daemons) return;
    this.#drop('tcp', 'dport', this.#portsOf(node));
    this.#drop('tcp', 'sport', this.#portsOf(node));
  }

  heal(): void {
    this.#nft('flush', 'chain', ...this.#table, 'cuts');
  }

  #portsOf(node: Node): string {
    const { pg = 0, rest = 0 } = this.#ports[node] ?? {};
    return `{ ${pg}, ${rest} }`;
  }

  #drop(...match: readonly string[]): void {
    this.#nft('add', 'rule', ...this.#table, 'cuts', ...match, 'drop');
  }

  #nft(...args: readonly string[]): void {
    execFileSync('nft', args);
  }
}
