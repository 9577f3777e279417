// npm run bench:verify: accepted, durable verdicts a second over gRPC with mutual TLS, beside a bare
// grpc-js echo server and a bare append loop, all in one run. A table, then one line of JSON.
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { loadSync, type MethodDefinition, type ServiceDefinition } from '@grpc/proto-loader';
import { LOADER_OPTIONS, PROTO_FILES } from '../../proto/dist/index.js';
import { cardNumber } from '../harness/cards.ts';
import { Lab } from '../harness/lab.ts';
import { measureAppends } from './append-loop.ts';
import { connect, type LoadResult, load, loadStreams } from './load.ts';
import { ManyEnrolments } from './many-enrolments.ts';
import { openLoop } from './open-loop.ts';
import { cpu_ms } from './process-cpu.ts';

const ENROLMENTS = Number(process.env['RAMZ_BENCH_ENROLMENTS'] ?? 100_000);
const ROUNDS = Number(process.env['RAMZ_BENCH_ROUNDS'] ?? 3);
const UNARY_CALLS = Math.min(10_000, ENROLMENTS / 10);
const STREAM_MESSAGES = UNARY_CALLS / 5;
const BATCH = 100;
const BATCH_CALLS = Math.min(200, Math.floor(ENROLMENTS / 10 / BATCH));
/** What is left of the codes when the rounds are over. */
const ALONE_CALLS = Math.min(300, ENROLMENTS / 400);
const HALF_RATE_S = 5;
const SERVICE = 'ramz.hsm.v1.VerificationService';

// A verdict, several, or in a stream one inside a message.
type Method = MethodDefinition<object, any>;
const service = loadSync([...PROTO_FILES], LOADER_OPTIONS)[SERVICE] as ServiceDefinition;
const [verify, verifyBatch] = [service['Verify'] as Method, service['VerifyBatch'] as Method];
const verifyStream = service['VerifyStream'] as Method;

interface Row extends LoadResult {
  readonly what: string;
  readonly codes_per_s: number;
  readonly front_us: number;
  readonly vault_us: number;
}

interface Target {
  readonly what: string;
  readonly clients: ReturnType<typeof connect>;
  readonly front_pid: number;
  readonly vault_pid: number | undefined;
}

async function measure(
  target: Target,
  method: Method,
  requests: readonly Buffer[],
  codes: number,
  concurrent: number,
): Promise<Row> {
  const before = cpuOf(target);
  let accepted = 0;
  const send = method.requestStream ? loadStreams : load;
  const result = await send(target.clients, method.path, requests, concurrent, (answer) => {
    for (const verdict of verdictsIn(method, answer)) accepted += Number(verdict === 'VERDICT_ACCEPTED');
  });
  if (accepted !== codes) throw new Error(`${target.what}: ${accepted} of ${codes} codes were accepted`);
  const after = cpuOf(target);
  const us = (spent_ms: number) => (spent_ms * 1000) / codes;
  return {
    ...result,
    what: target.what,
    codes_per_s: (result.calls_per_s * codes) / requests.length,
    front_us: us(after.front - before.front),
    vault_us: us(after.vault - before.vault),
  };
}

function verdictsIn(method: Method, answer: Buffer): string[] {
  const read = method.responseDeserialize(answer);
  if (method.requestStream) return [read.verdict.verdict];
  return (read.responses ?? [read]).map(({ verdict }: { verdict: string }) => verdict);
}

function cpuOf({ front_pid, vault_pid }: Target) {
  return { front: cpu_ms(front_pid), vault: vault_pid === undefined ? 0 : cpu_ms(vault_pid) };
}

function median(rows: readonly Row[]): Row {
  return rows.toSorted((a, b) => a.codes_per_s - b.codes_per_s)[Math.floor(rows.length / 2)] as Row;
}

/** Cards not used before, each with its code of the step before now and of now: two codes a card. */
class Codes {
  #next = 0;
  readonly #many: ManyEnrolments;

  constructor(many: ManyEnrolments) {
    this.#many = many;
  }

  take(count: number): object[] {
    if (this.#next + count > this.#many.count) throw new Error('RAMZ_BENCH_ENROLMENTS is too small for this run');
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

/** Calls that come when they come, each with a wrong code of another card. */
async function halfTheRate({ clients }: Target, calls_per_s: number) {
  const requests = Array.from({ length: Math.ceil(calls_per_s * HALF_RATE_S) }, (_, n) =>
    verify.requestSerialize({
      requestId: randomUUID(),
      cardNumber: cardNumber(n),
      purpose: 'PURPOSE_SECOND_PIN',
      code: '00000000',
    }),
  );
  return { calls_per_s, ...(await openLoop(clients, verify.path, requests, calls_per_s)) };
}

async function startEcho(data_dir: string): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(fileURLToPath(new URL('./echo-server.ts', import.meta.url)), [data_dir]);
  const { listening } = await new Promise<{ listening: number }>((ready) =>
    child.once('message', (said) => ready(said as { listening: number })),
  );
  return { child, port: listening };
}

function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}

function table(rows: readonly Row[]): string {
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(34) : cell.padStart(11))).join('');
  const figures = rows.map((row) =>
    line([
      row.what,
      row.codes_per_s.toFixed(0),
      row.p50_ms.toFixed(2),
      row.p99_ms.toFixed(2),
      row.front_us.toFixed(1),
      row.vault_us.toFixed(1),
    ]),
  );
  return [line(['', 'codes/s', 'p50 ms', 'p99 ms', 'front us', 'vault us']), ...figures].join('\n');
}

progress(`writing ${ENROLMENTS} enrolments ...`);
await using lab = await Lab.start('real', 'sealed');
await lab.stopDaemon();
const many = await ManyEnrolments.write(lab.data_dir, ENROLMENTS);
await lab.startDaemon();
await lab.unseal();
const echo = await startEcho(lab.data_dir);
const targets: Target[] = [
  {
    what: 'bare grpc-js echo',
    clients: connect(lab.data_dir, echo.port, 4),
    front_pid: echo.child.pid ?? 0,
    vault_pid: undefined,
  },
  {
    what: 'ramz',
    clients: connect(lab.data_dir, lab.daemon.port, 4),
    front_pid: lab.front_pid,
    vault_pid: lab.vault_pid,
  },
];
const codes = new Codes(many);
const unary = new Map<string, Row[]>(targets.map(({ what }) => [what, []]));
const batch = new Map<string, Row[]>(targets.map(({ what }) => [what, []]));
const streamed = new Map<string, Row[]>(targets.map(({ what }) => [what, []]));
for (let round = 0; round <= ROUNDS; round++) {
  progress(round === 0 ? 'warming up ...' : `round ${round} of ${ROUNDS} ...`);
  for (const target of targets) {
    const singles = codes.take(UNARY_CALLS / 2).map((request) => verify.requestSerialize(request));
    const one = await measure(target, verify, singles, singles.length, 64);
    const batches = Array.from({ length: Math.floor(BATCH_CALLS / 2) }, () =>
      verifyBatch.requestSerialize({ requests: codes.take(BATCH) }),
    );
    const many_codes = await measure(target, verifyBatch, batches, batches.length * BATCH, 10);
    const messages = codes.take(STREAM_MESSAGES).map((request) => verifyStream.requestSerialize({ request }));
    const in_streams = await measure(target, verifyStream, messages, messages.length, 256);
    if (round > 0) streamed.get(target.what)?.push(in_streams);
    // The echo server uses nothing up, but the same codes are never sent twice to either.
    if (round > 0) unary.get(target.what)?.push(one);
    if (round > 0) batch.get(target.what)?.push(many_codes);
  }
}
progress('one call at a time, then half the rate ...');
const alone: Row[] = [];
for (const target of targets) {
  const singles = codes.take(ALONE_CALLS).map((request) => verify.requestSerialize(request));
  alone.push(await measure(target, verify, singles, singles.length, 1));
}
const half_rate = median(unary.get('ramz') ?? []).codes_per_s / 2;
const [echo_half, half] = [
  await halfTheRate(targets[0] as Target, half_rate),
  await halfTheRate(targets[1] as Target, half_rate),
];
const appends = { by_1: measureAppends(1, 2), by_64: measureAppends(64, 2), by_100: measureAppends(100, 2) };
const [echo_alone, ramz_alone] = alone as [Row, Row];
const bare_alone_ms = echo_alone.p50_ms + 1_000 / appends.by_1;
const [echo_unary, ramz_unary] = [...unary.values()].map(median) as [Row, Row];
const [echo_stream, ramz_stream] = [...streamed.values()].map(median) as [Row, Row];
const [echo_batch, ramz_batch] = [...batch.values()].map(median) as [Row, Row];
for (const { clients } of targets) for (const client of clients) client.close();
echo.child.kill();
process.stdout.write(`
accepted, durable verdicts over gRPC with mutual TLS; ${ENROLMENTS} enrolments, median of ${ROUNDS} rounds,
load generator on the same cores; us: CPU time of the process a code

unary, 64 in flight
${table([echo_unary, ramz_unary])}

batches of ${BATCH}, 10 in flight
${table([echo_batch, ramz_batch])}

4 streams, 256 under way
${table([echo_stream, ramz_stream])}

one call at a time: ${ramz_alone.p50_ms.toFixed(2)} ms at the median; an echo and a bare durable append ${bare_alone_ms.toFixed(2)} ms
half the unary rate (${half.calls_per_s.toFixed(0)}/s, open loop): p50 ${half.p50_ms.toFixed(1)}, p99 ${half.p99_ms.toFixed(1)} ms, ${half.shed} shed;
the echo at the same rate: p50 ${echo_half.p50_ms.toFixed(1)}, p99 ${echo_half.p99_ms.toFixed(1)} ms

bare node:sqlite append loop, durable: ${appends.by_1.toFixed(0)} entries/s alone, ${appends.by_64.toFixed(0)} entries/s in 64s, ${appends.by_100.toFixed(0)} in 100s

`);
process.stdout.write(
  `${JSON.stringify({
    bench: 'verify',
    enrolments: ENROLMENTS,
    unary: {
      ramz: ramz_unary,
      echo: echo_unary,
      cpu_ratio: (ramz_unary.front_us + ramz_unary.vault_us) / echo_unary.front_us,
    },
    batch: { ramz: ramz_batch, echo: echo_batch, rate_ratio: ramz_batch.codes_per_s / echo_batch.codes_per_s },
    stream: {
      ramz: ramz_stream,
      echo: echo_stream,
      messages_per_cpu_ratio: echo_stream.front_us / (ramz_stream.front_us + ramz_stream.vault_us),
    },
    alone: { ramz_ms: ramz_alone.p50_ms, bare_ms: bare_alone_ms, ratio: ramz_alone.p50_ms / bare_alone_ms },
    half_rate: { ramz: half, echo: echo_half },
    appends_per_s: appends,
  })}\n`,
);
