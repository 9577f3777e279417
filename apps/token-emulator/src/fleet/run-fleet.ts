import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { addCounts, emptyCounts, type FleetCounts } from './fleet-counts.ts';
import { customersOf, type FleetPlan } from './fleet-plan.ts';
import { LiveFleet, monthsOf } from './live-fleet.ts';

/** Small enough to show progress and to share the work evenly; its counts are some kilobytes. */
const CUSTOMERS_A_BLOCK = 16_384;
/** Below it, starting threads costs more than they save. */
const CUSTOMERS_A_THREAD = 20_000;
export const THREADS_MAX = 64;
/** What a thread makes is short-lived: a small nursery keeps it small. */
const LIMITS = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 256 };

/** The customers of a block: from the first to before the last. */
export interface Block {
  readonly from: number;
  readonly to: number;
}

export interface FleetRunOptions {
  /** Threads that work; by default one a processor. */
  readonly threads?: number | undefined;
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

/** Runs a fleet. The counts are the same for any number of threads: they are whole numbers. */
export async function runFleet(
  plan: FleetPlan,
  { threads, onProgress = () => {} }: FleetRunOptions = {},
): Promise<FleetCounts> {
  const customers = customersOf(plan);
  const blocks = blocksOf(customers);
  const useful = Math.ceil(customers / CUSTOMERS_A_THREAD);
  const count = Math.max(1, Math.min(threads ?? availableParallelism(), useful, THREADS_MAX));
  const sums = emptyCounts(monthsOf(plan), plan.policies.length);
  let done = 0;
  const take = (counts: FleetCounts, { from, to }: Block) => {
    addCounts(sums, counts);
    done += to - from;
    onProgress(done, customers);
  };
  if (count === 1) await here(plan, blocks, take);
  else await Promise.all(Array.from({ length: count }, () => onThread(plan, blocks, take)));
  return sums;
}

type Take = (counts: FleetCounts, block: Block) => void;

/** A small fleet needs no threads. Between blocks, other work gets its turn. */
async function here(plan: FleetPlan, blocks: Block[], take: Take): Promise<void> {
  const fleet = new LiveFleet(plan);
  for (let block = blocks.pop(); block !== undefined; block = blocks.pop()) {
    take(fleet.count(block.from, block.to), block);
    await new Promise((next) => setImmediate(next));
  }
}

function onThread(plan: FleetPlan, blocks: Block[], take: Take): Promise<void> {
  const file = import.meta.url.endsWith('.ts') ? './fleet-thread.ts' : './fleet-thread.js';
  const worker = new Worker(new URL(file, import.meta.url), { workerData: plan, resourceLimits: LIMITS });
  return new Promise((resolve, reject) => {
    let block: Block | undefined;
    const next = () => {
      block = blocks.pop();
      if (block === undefined) void worker.terminate();
      // A thread is no window: it has no origin.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      else worker.postMessage(block);
    };
    worker.on('online', next);
    worker.on('message', (counts: FleetCounts) => {
      if (block !== undefined) take(counts, block);
      next();
    });
    worker.on('error', reject);
    worker.on('exit', () => (block === undefined ? resolve() : reject(new Error('a thread of the fleet ended early'))));
  });
}

function blocksOf(customers: number): Block[] {
  const blocks: Block[] = [];
  for (let from = 0; from < customers; from += CUSTOMERS_A_BLOCK) {
    blocks.push({ from, to: Math.min(customers, from + CUSTOMERS_A_BLOCK) });
  }
  return blocks;
}
