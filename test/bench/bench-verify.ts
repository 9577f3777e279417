// npm run bench:verify: the cost of an accepted, durable verdict over gRPC with mutual TLS, in CPU
// time first, beside a bare grpc-js echo server, a stateless C peer and a bare append loop, all in
// one run. Prints a table, then one line of JSON.
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { loadSync, type ServiceDefinition } from '@grpc/proto-loader';
import { snakeKeys } from '@ramz/custody';
import { LOADER_OPTIONS, PROTO_FILES } from '../../proto/dist/index.js';
import { cardNumber } from '../harness/cards.ts';
import { Lab } from '../harness/lab.ts';
import { measureAppendAlone, measureAppends } from './append-loop.ts';
import { benchNumbers } from './bench-numbers.ts';
import { Load } from './load.ts';
import { ManyEnrolments } from './many-enrolments.ts';
import { type Method, measure, type Row, type Target } from './measure-verdicts.ts';
import { RadiusPeer, RECORDED_US } from './radius-peer.ts';
import { cpuMicrosOf, middleOf, peerLine, table } from './verify-table.ts';

const { enrolments: ENROLMENTS, rounds: ROUNDS } = benchNumbers(
  'npm run bench:verify -- [flags]: measures the cost of an accepted, durable verdict over gRPC, beside an echo and a C peer',
  {
    enrolments: { usual: 1_000_000, least: 50_000, what: 'cards; each is good for one code' },
    rounds: { usual: 20, least: 1, what: 'measured rounds, after twelve to warm up' },
  },
);
/**
 * Rounds until the code is compiled, as in a server that runs for months: the first calls cost
 * twice as much.
 */
const WARM_UP_ROUNDS = 12;
const BATCH = 100;
const ALONE_CALLS = Math.min(300, ENROLMENTS / 400);
/**
 * Each card is good for one code. The rounds share all cards equally, except those for single
 * calls.
 */
const CODES_A_ROUND = (ENROLMENTS - 2 * ALONE_CALLS) / (ROUNDS + WARM_UP_ROUNDS);
const UNARY_CALLS = Math.floor(Math.min(10_000, CODES_A_ROUND / 4));
const STREAM_MESSAGES = UNARY_CALLS;
const BATCH_CALLS = Math.floor(Math.min(200, CODES_A_ROUND / 2 / BATCH));
/**
 * Long enough that one full garbage collection of the front, every dozen seconds or so, does not
 * dominate.
 */
const HALF_RATE_S = 15;
/** Wrong codes take another code path than accepted ones, and it has to be compiled, too. */
const HALF_RATE_WARM_UP_S = 5;
const SERVICE = 'ramz.hsm.v1.VerificationService';

const service = loadSync([...PROTO_FILES], LOADER_OPTIONS)[SERVICE] as ServiceDefinition;
const [verify, verifyBatch] = [service['Verify'] as Method, service['VerifyBatch'] as Method];
const verifyStream = service['VerifyStream'] as Method;

function median(rows: readonly Row[]): Row {
  return rows.toSorted((a, b) => a.codes_per_s - b.codes_per_s)[Math.floor(rows.length / 2)] as Row;
}

/** Unused cards, each with its current code. */
class Codes {
  #next = 0;
  readonly #many: ManyEnrolments;

  constructor(many: ManyEnrolments) {
    this.#many = many;
  }

  take(count: number): object[] {
    if (this.#next + count > this.#many.count) throw new Error('there are too few cards for this run');
    return Array.from({ length: count }, () => {
      const n = this.#next++;
      return {
        requestId: randomUUID(),
        cardNumber: cardNumber(n),
        purpose: 'PURPOSE_SECOND_PIN',
        code: this.#many.code(n, 0),
      };
    });
  }
}

/** Sends calls at a fixed rate, each with a wrong code of another card, after a warm-up. */
async function halfTheRate(target: Target, callsPerSecond: number) {
  await wrongCodes(target, callsPerSecond, HALF_RATE_WARM_UP_S);
  return await wrongCodes(target, callsPerSecond, HALF_RATE_S);
}

async function wrongCodes({ load }: Target, callsPerSecond: number, seconds: number) {
  const requests = Array.from({ length: Math.ceil(callsPerSecond * seconds) }, (_, n) =>
    verify.requestSerialize({
      requestId: randomUUID(),
      cardNumber: cardNumber(n),
      purpose: 'PURPOSE_SECOND_PIN',
      code: '00000000',
    }),
  );
  const { answers: _, ...result } = await load.open(verify.path, requests, callsPerSecond);
  return { ...result, callsPerSecond };
}

async function startEcho(dataDir: string): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(fileURLToPath(new URL('./echo-server.ts', import.meta.url)), [dataDir]);
  const { listening } = await new Promise<{ listening: number }>((ready) =>
    child.once('message', (said) => ready(said as { listening: number })),
  );
  return { child, port: listening };
}

function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}

progress(`writing ${ENROLMENTS} enrolments ...`);
await using lab = await Lab.start('real', 'sealed');
await lab.stopDaemon();
const many = await ManyEnrolments.write(lab.dataDir, ENROLMENTS);
await lab.startDaemon();
await lab.unseal();
const echo = await startEcho(lab.dataDir);
const targets: Target[] = [
  {
    what: 'bare grpc-js echo',
    load: new Load(lab.dataDir, echo.port, 4),
    frontPid: echo.child.pid ?? 0,
    vaultPid: undefined,
  },
  {
    what: 'ramz',
    load: new Load(lab.dataDir, lab.daemon.port, 4),
    frontPid: lab.frontPid,
    vaultPid: lab.vaultPid,
  },
];
const codes = new Codes(many);

/** A way to send codes, with its results for each target in each round. */
interface Way {
  readonly title: string;
  readonly method: Method;
  readonly concurrent: number;
  readonly codes: number;
  readonly requests: () => Buffer[];
  readonly rounds: (readonly [echo: Row, ramz: Row])[];
}

const unary: Way = {
  title: 'unary, 64 in flight',
  method: verify,
  concurrent: 64,
  codes: UNARY_CALLS,
  requests: () => codes.take(UNARY_CALLS).map((request) => verify.requestSerialize(request)),
  rounds: [],
};
const batch: Way = {
  title: `batches of ${BATCH}, 10 in flight`,
  method: verifyBatch,
  concurrent: 10,
  codes: BATCH_CALLS * BATCH,
  requests: () =>
    Array.from({ length: BATCH_CALLS }, () => verifyBatch.requestSerialize({ requests: codes.take(BATCH) })),
  rounds: [],
};
const stream: Way = {
  title: '4 streams, 256 in flight',
  method: verifyStream,
  concurrent: 256,
  codes: STREAM_MESSAGES,
  requests: () => codes.take(STREAM_MESSAGES).map((request) => verifyStream.requestSerialize({ request })),
  rounds: [],
};
const WAYS = [unary, batch, stream];
const peer = await RadiusPeer.start();
const peerMicros: number[] = [];

for (let round = 1 - WARM_UP_ROUNDS; round <= ROUNDS; round++) {
  progress(
    round > 0 ? `round ${round} of ${ROUNDS} ...` : `warming up, ${round + WARM_UP_ROUNDS} of ${WARM_UP_ROUNDS} ...`,
  );
  for (const way of WAYS) {
    // The same bytes go to both targets in turn, so that other load on the machine affects both.
    const requests = way.requests();
    const rows: Row[] = [];
    for (const target of targets) rows.push(await measure(target, way.method, requests, way.codes, way.concurrent));
    if (round > 0) way.rounds.push(rows as [Row, Row]);
  }
  const micros = await peer?.cpuMicros(UNARY_CALLS);
  if (round > 0 && micros !== undefined) peerMicros.push(micros);
}

/**
 * Sums all rounds of each target, and returns their ratio. A shared machine is fast or slow for
 * seconds at a time: short rounds in turn share that, and a sum evens it out.
 */
function summary({ rounds }: Way, ratio: (echo: Row, ramz: Row) => number) {
  const [echo, ramz] = [sumOf(rounds.map(([one]) => one)), sumOf(rounds.map(([, one]) => one))];
  return { ramz, echo, ratio: ratio(echo, ramz), cpuMicros: cpuMicrosOf(ramz) };
}

/**
 * Combines all rounds into one row: mean CPU per code and codes per second, latencies of the middle
 * round.
 */
function sumOf(rows: readonly Row[]): Row {
  const mean = (of: (row: Row) => number) => rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
  const codesPerSecond = 1 / mean((row) => 1 / row.codes_per_s);
  return {
    ...median(rows),
    codes_per_s: codesPerSecond,
    front_us: mean((row) => row.front_us),
    vault_us: mean((row) => row.vault_us),
  };
}

await peer?.stop();
const cPeer = { isMeasured: peer !== undefined, micros: peer === undefined ? RECORDED_US : middleOf(peerMicros) };
const ofUnary = summary(unary, (echoRow, ramz) => cpuMicrosOf(ramz) / cpuMicrosOf(echoRow));
const ofBatch = summary(batch, (echoRow, ramz) => ramz.codes_per_s / echoRow.codes_per_s);
const ofStream = summary(stream, (echoRow, ramz) => cpuMicrosOf(echoRow) / cpuMicrosOf(ramz));
const byPeer = { batch: ofBatch.cpuMicros / cPeer.micros, stream: ofStream.cpuMicros / cPeer.micros };
progress('one call at a time, then half the rate ...');
const alone: Row[] = [];
for (const target of targets) {
  const singles = codes.take(ALONE_CALLS).map((request) => verify.requestSerialize(request));
  alone.push(await measure(target, verify, singles, singles.length, 1));
}
const halfRate = ofUnary.ramz.codes_per_s / 2;
const [echoHalf, half] = [
  await halfTheRate(targets[0] as Target, halfRate),
  await halfTheRate(targets[1] as Target, halfRate),
];
const appends = { by1: measureAppends(1, 2), by64: measureAppends(64, 2), by100: measureAppends(100, 2) };
const [echoAlone, ramzAlone] = alone as [Row, Row];
// Compares with an append in a loop, where the disk is never idle, and with one that waits like a
// single call.
const appendMs = { inLoop: 1_000 / appends.by1, alone: measureAppendAlone(echoAlone.p50Ms, ALONE_CALLS) };
const aloneMs = { ramz: ramzAlone.p50Ms, echo: echoAlone.p50Ms, append: appendMs };
const beside = (append: number) => ramzAlone.p50Ms / (echoAlone.p50Ms + append);
const aloneRatio = { inLoop: beside(appendMs.inLoop), alone: beside(appendMs.alone) };
for (const { load } of targets) await load.stop();
echo.child.kill();
const MEANINGS = [
  "ramz' CPU a code by the echo's, less is better:",
  "ramz' codes a second by the echo's, more is better:",
  "ramz' messages a second of CPU by the echo's, more is better:",
];
process.stdout.write(`
accepted, durable verdicts over gRPC with mutual TLS; ${ENROLMENTS} enrolments, ${ROUNDS} rounds, load generator on the same cores
CPU us: processor time a code in microseconds, front and vault together, then each; p50 and p99 of the middle round

${peerLine(cPeer, byPeer)}

${[ofUnary, ofBatch, ofStream].map(({ echo, ramz, ratio }, i) => `${WAYS[i]?.title}: ${MEANINGS[i]} ${ratio.toFixed(2)}\n${table([echo, ramz])}\n`).join('\n')}
one call at a time: ${ramzAlone.p50Ms.toFixed(2)} ms at the median; an echo ${echoAlone.p50Ms.toFixed(2)}; a bare durable append ${appendMs.alone.toFixed(2)} (ramz by echo and append together: ${aloneRatio.alone.toFixed(1)}), in a loop ${appendMs.inLoop.toFixed(2)} (${aloneRatio.inLoop.toFixed(1)})
half the unary rate (${half.callsPerSecond.toFixed(0)}/s, open loop): p50 ${half.p50Ms.toFixed(1)}, p99 ${half.p99Ms.toFixed(1)} ms, ${half.shed} rejected for overload;
the echo at the same rate: p50 ${echoHalf.p50Ms.toFixed(1)}, p99 ${echoHalf.p99Ms.toFixed(1)} ms

bare node:sqlite append loop, durable: ${appends.by1.toFixed(0)} entries/s alone, ${appends.by64.toFixed(0)} entries/s in 64s, ${appends.by100.toFixed(0)} in 100s

`);
const told = {
  bench: 'verify',
  enrolments: ENROLMENTS,
  c_peer: { ...cPeer, ratios: byPeer },
  unary: ofUnary,
  batch: ofBatch,
  stream: ofStream,
  alone: { ms: aloneMs, ratio: aloneRatio },
  half_rate: { ramz: half, echo: echoHalf },
  appends_per_s: appends,
};
process.stdout.write(`${JSON.stringify(snakeKeys(told))}\n`);
