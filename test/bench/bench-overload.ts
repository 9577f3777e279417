// npm run bench:overload: what callers see at half the sustainable rate, at the full rate, and
// repeatedly at three times that: memory held for rejected calls would grow each time. Sends
// batches of 50 wrong codes over many cards, so that nothing is used up. The load generator runs on
// the same cores.

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { loadSync, type MethodDefinition, type ServiceDefinition } from '@grpc/proto-loader';
import { snakeKeys } from '@ramz/custody';
import { LOADER_OPTIONS, PROTO_FILES } from '../../proto/dist/index.js';
import { cardNumber } from '../harness/cards.ts';
import { Lab } from '../harness/lab.ts';
import { benchNumbers } from './bench-numbers.ts';
import { Load, type LoadResult } from './load.ts';

const { seconds: SECONDS } = benchNumbers(
  'npm run bench:overload -- [flags]: measures what callers see at half the sustainable rate, at the full rate and at three times that',
  { seconds: { usual: 8, least: 1, what: 'seconds per load' } },
);
const BATCH = 50;
const CARDS = 1_000_000;
/** Calls in flight in the closed loop: fewer codes than the front queues on the slowest machine. */
const CLOSED_CALLS = 8;
const WARM_UP_CALLS = 300;
const WARM_UP_RUNS_MAX = 40;
const RUNS_WITHOUT_GAIN = 4;
const GAIN = 1.05;
const service = loadSync([...PROTO_FILES], LOADER_OPTIONS)['ramz.hsm.v1.VerificationService'] as ServiceDefinition;
const verifyBatch = service['VerifyBatch'] as MethodDefinition<object, object>;

let card = 0;
function batches(count: number): Buffer[] {
  return Array.from({ length: count }, () => {
    const requests = Array.from({ length: BATCH }, () => {
      const cardNo = cardNumber((card += 1) % CARDS);
      return { requestId: randomUUID(), cardNumber: cardNo, purpose: 'PURPOSE_SECOND_PIN', code: '00000000' };
    });
    return verifyBatch.requestSerialize({ requests });
  });
}

function residentMib(pid: number): number {
  const [, kib = '0'] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kib) / 1_024);
}

export interface OverloadRow extends LoadResult {
  readonly times: number;
  readonly callsPerSecond: number;
  readonly frontMib: number;
  readonly vaultMib: number;
}

/**
 * Measures the rate of a warm daemon: one that just started gets faster until its code is compiled.
 */
async function sustainableRate(load: Load): Promise<number> {
  let [best, bestAt] = [0, 0];
  for (let run = 0; run - bestAt < RUNS_WITHOUT_GAIN && run < WARM_UP_RUNS_MAX; run++) {
    const { callsPerSecond } = await load.closed(verifyBatch.path, batches(WARM_UP_CALLS), CLOSED_CALLS);
    if (callsPerSecond > best * GAIN) bestAt = run;
    best = Math.max(best, callsPerSecond);
  }
  return best;
}

/** Loads, as multiples of the rate of a closed loop. */
const TIMES = [0.5, 1, 3, 3, 3];

/** Measures one row for each of `loads`. */
export async function measureOverload(
  lab: Lab,
  seconds: number,
  loads: readonly number[] = TIMES,
): Promise<OverloadRow[]> {
  const load = new Load(lab.dataDir, lab.daemon.port, 8);
  const sustainablePerSecond = await sustainableRate(load);
  const rows: OverloadRow[] = [];
  for (const times of loads) {
    const callsPerSecond = sustainablePerSecond * times;
    process.stderr.write(`${times} x ${sustainablePerSecond.toFixed(0)} calls/s for ${seconds} s ...\n`);
    const requests = batches(Math.ceil(callsPerSecond * seconds));
    const { answers: _, ...result } = await load.open(verifyBatch.path, requests, callsPerSecond);
    const [frontMib, vaultMib] = [residentMib(lab.frontPid), residentMib(lab.vaultPid)];
    rows.push({ ...result, times, callsPerSecond, frontMib, vaultMib });
  }
  await load.stop();
  return rows;
}

if (process.argv[1] === import.meta.filename) {
  await using lab = await Lab.start();
  const rows = await measureOverload(lab, SECONDS);
  process.stdout.write(`\nbatches of ${BATCH}, open loop, ${SECONDS} s each\n`);
  process.stdout.write('  load   calls/s  answered/s   shed  failed   p50 ms   p99 ms  front MiB  vault MiB\n');
  for (const row of rows) {
    const cells = [
      `${row.times} x`.padStart(6),
      row.callsPerSecond.toFixed(0).padStart(9),
      (row.answered / row.tookSeconds).toFixed(0).padStart(11),
      String(row.shed).padStart(6),
      String(row.failed).padStart(7),
      row.p50Ms.toFixed(1).padStart(8),
      row.p99Ms.toFixed(1).padStart(8),
      String(row.frontMib).padStart(10),
      String(row.vaultMib).padStart(10),
    ];
    process.stdout.write(`${cells.join(' ')}\n`);
  }
  process.stdout.write(`\n${JSON.stringify(snakeKeys({ bench: 'overload', batch: BATCH, rows }))}\n`);
}
