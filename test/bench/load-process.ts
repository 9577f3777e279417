// A process that makes calls with Node's HTTP/2 only: a grpc-js client would use more of a core
// than the server it measures. test/bench/load.ts sends it jobs. Messages and answers are files of
// gRPC's own framing (length, bytes).
import { readFileSync, writeFileSync } from 'node:fs';
import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from 'node:http2';
import { join } from 'node:path';
import { framesIn } from '../harness/grpc-frames.ts';

/**
 * A job. `concurrent` is for a closed loop or streams, `perSeconds` for an open loop with a fixed
 * rate.
 */
export interface LoadJob {
  readonly way: 'closed' | 'streams' | 'open';
  readonly path: string;
  readonly messagesFile: string;
  readonly answersFile: string;
  readonly concurrent: number;
  readonly perSeconds: number;
}

/** The results of the calls. */
export interface LoadResult {
  readonly answered: number;
  /** Rejected with RESOURCE_EXHAUSTED. */
  readonly shed: number;
  readonly failed: number;
  readonly tookSeconds: number;
  readonly callsPerSecond: number;
  /** Latency of the answered calls. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

// Status codes of gRPC.
const OK = 0;
const RESOURCE_EXHAUSTED = 8;
const UNAVAILABLE = 14;

/** Flow-control window of a connection, large enough that answers never wait for it. */
const WINDOW_BYTES = 2 ** 24;
/** How often an open loop sends the calls that are due. */
const TICK_MS = 1;

const [dataDir = '', port = '', connections = '1'] = process.argv.slice(2);
const pem = (file: string) => readFileSync(join(dataDir, 'pki', file));
const tls = { ca: pem('ca.crt'), key: pem('internet-bank.key'), cert: pem('internet-bank.crt') };
const sessions = Array.from({ length: Number(connections) }, () => connect(`https://localhost:${port}`, tls));
for (const session of sessions) session.once('connect', () => session.setLocalWindowSize(WINDOW_BYTES));

/** A run with its messages and results. */
class Run {
  readonly job: LoadJob;
  readonly messages: readonly Buffer[];
  readonly #latenciesMs: Float64Array;
  readonly #answers: Buffer[] = [];
  readonly #beganMs = performance.now();
  readonly #ends = { answered: 0, shed: 0, failed: 0 };

  constructor(job: LoadJob) {
    this.job = job;
    this.messages = [...framesIn(readFileSync(job.messagesFile))];
    this.#latenciesMs = new Float64Array(this.messages.length);
  }

  answered(answer: Buffer, sentMs: number): void {
    this.#latenciesMs[this.#ends.answered++] = performance.now() - sentMs;
    this.#answers.push(answer);
  }

  refused(code: number): void {
    this.#ends[code === RESOURCE_EXHAUSTED ? 'shed' : 'failed'] += 1;
  }

  result(): LoadResult {
    const tookSeconds = (performance.now() - this.#beganMs) / 1_000;
    const sorted = this.#latenciesMs.subarray(0, this.#ends.answered).sort();
    const at = (fraction: number) => sorted[Math.floor((sorted.length - 1) * fraction)] ?? 0;
    writeFileSync(this.job.answersFile, Buffer.concat(this.#answers));
    const callsPerSecond = this.messages.length / tookSeconds;
    return { ...this.#ends, tookSeconds, callsPerSecond, p50Ms: at(0.5), p99Ms: at(0.99) };
  }
}

function open(session: ClientHttp2Session, path: string) {
  return session.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers' });
}

function call(session: ClientHttp2Session, run: Run, message: Buffer, ended: () => void): void {
  const sentMs = performance.now();
  const stream = open(session, run.job.path);
  let body: Buffer | undefined;
  let isOver = false;
  const end = (code: number) => {
    if (isOver) return;
    isOver = true;
    if (code === OK && body !== undefined) run.answered(body, sentMs);
    else run.refused(code);
    ended();
  };
  stream.on('data', (chunk: Buffer) => {
    body = body === undefined ? chunk : Buffer.concat([body, chunk]);
  });
  // A rejected call has its status in the first headers, an answered one in the trailers.
  const onHeaders = (headers: IncomingHttpHeaders) => {
    if (headers['grpc-status'] !== undefined) end(Number(headers['grpc-status']));
  };
  stream.once('response', onHeaders);
  stream.once('trailers', onHeaders);
  stream.once('error', () => end(UNAVAILABLE));
  // Closed without a status: counts as failed.
  stream.once('close', () => end(UNAVAILABLE));
  stream.end(message);
}

function closedLoop(run: Run): Promise<void> {
  let [next, ended] = [0, 0];
  return new Promise((resolve) => {
    const another = (worker: number) => {
      const message = run.messages[next++];
      if (message === undefined) return;
      call(sessions[worker % sessions.length] as ClientHttp2Session, run, message, () => {
        ended += 1;
        if (ended === run.messages.length) resolve();
        else another(worker);
      });
    };
    for (let worker = 0; worker < run.job.concurrent; worker++) another(worker);
  });
}

function openLoop(run: Run): Promise<void> {
  const beganMs = performance.now();
  let [next, ended] = [0, 0];
  return new Promise((resolve) => {
    const onEnd = () => {
      ended += 1;
      if (ended === run.messages.length) resolve();
    };
    const tick = () => {
      const due = Math.min(run.messages.length, ((performance.now() - beganMs) * run.job.perSeconds) / 1_000);
      for (; next < due; next++) {
        call(sessions[next % sessions.length] as ClientHttp2Session, run, run.messages[next] as Buffer, onEnd);
      }
      if (next < run.messages.length) setTimeout(tick, TICK_MS);
    };
    tick();
  });
}

/** Opens one stream per connection, each with its share of the messages. */
async function streams(run: Run): Promise<void> {
  const awayMax = Math.ceil(run.job.concurrent / sessions.length);
  await Promise.all(
    sessions.map((session, i) => {
      const share = run.messages.filter((_, n) => n % sessions.length === i);
      return oneStream(session, run, share, awayMax);
    }),
  );
}

function oneStream(session: ClientHttp2Session, run: Run, messages: readonly Buffer[], awayMax: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream = open(session, run.job.path);
    const sentMs = new Float64Array(messages.length);
    let [sent, answered] = [0, 0];
    let rest: Buffer = Buffer.alloc(0);
    const fill = () => {
      for (; sent < messages.length && sent - answered < awayMax; sent++) {
        sentMs[sent] = performance.now();
        stream.write(messages[sent] as Buffer);
      }
    };
    stream.on('data', (chunk: Buffer) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let taken = 0;
      for (const frame of framesIn(rest)) {
        run.answered(frame, sentMs[answered++] ?? 0);
        taken += frame.length;
      }
      rest = rest.subarray(taken);
      if (answered === messages.length) stream.end();
      else fill();
    });
    stream.once('end', () => resolve());
    stream.once('error', reject);
    fill();
  });
}

const WAYS: Readonly<Record<LoadJob['way'], (run: Run) => Promise<void>>> = {
  closed: closedLoop,
  open: openLoop,
  streams,
};

process.on('message', (job: LoadJob) => {
  const run = new Run(job);
  void WAYS[job.way](run).then(() => process.send?.(run.result()));
});
process.on('disconnect', () => process.exit(0));
