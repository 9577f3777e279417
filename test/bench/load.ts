import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';

/** What one load run showed. */
export interface LoadResult {
  readonly calls_per_s: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
}

const same = (bytes: Buffer): Buffer => bytes;

/** Connections with mutual TLS that send and receive bytes as they are. */
export function connect(data_dir: string, port: number, connections: number): Client[] {
  const pem = (file: string) => readFileSync(join(data_dir, 'pki', file));
  const ssl = credentials.createSsl(pem('ca.crt'), pem('internet-bank.key'), pem('internet-bank.crt'));
  return Array.from(
    { length: connections },
    () => new Client(`localhost:${port}`, ssl, { 'grpc.use_local_subchannel_pool': 1 }),
  );
}

/** Sends each request once, `concurrent` at a time; `check` sees each answer. */
export async function load(
  clients: readonly Client[],
  path: string,
  requests: readonly Buffer[],
  concurrent: number,
  check: (answer: Buffer) => void,
): Promise<LoadResult> {
  const latencies_ms = new Float64Array(requests.length);
  let next = 0;
  const worker = async (i: number) => {
    const client = clients[i % clients.length] as Client;
    for (let n = next++; n < requests.length; n = next++) {
      const sent_ms = performance.now();
      check(await send(client, path, requests[n] as Buffer));
      latencies_ms[n] = performance.now() - sent_ms;
    }
  };
  const started_ms = performance.now();
  await Promise.all(Array.from({ length: concurrent }, (_, i) => worker(i)));
  const took_s = (performance.now() - started_ms) / 1000;
  latencies_ms.sort();
  const at = (fraction: number) => latencies_ms[Math.floor((requests.length - 1) * fraction)] ?? 0;
  return { calls_per_s: requests.length / took_s, p50_ms: at(0.5), p99_ms: at(0.99) };
}

/** The same over one stream a connection: each sends its share of the requests, at most `concurrent` under way. */
export async function loadStreams(
  clients: readonly Client[],
  path: string,
  requests: readonly Buffer[],
  concurrent: number,
  check: (answer: Buffer) => void,
): Promise<LoadResult> {
  const latencies_ms: number[] = [];
  const started_ms = performance.now();
  await Promise.all(
    clients.map((client, i) => {
      const share = requests.filter((_, n) => n % clients.length === i);
      return stream(client, path, share, Math.ceil(concurrent / clients.length), check, latencies_ms);
    }),
  );
  const took_s = (performance.now() - started_ms) / 1000;
  const sorted = Float64Array.from(latencies_ms).sort();
  const at = (fraction: number) => sorted[Math.floor((sorted.length - 1) * fraction)] ?? 0;
  return { calls_per_s: requests.length / took_s, p50_ms: at(0.5), p99_ms: at(0.99) };
}

function stream(
  client: Client,
  path: string,
  requests: readonly Buffer[],
  concurrent: number,
  check: (answer: Buffer) => void,
  latencies_ms: number[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = client.makeBidiStreamRequest(path, same, same);
    const sent_ms: number[] = [];
    let answered = 0;
    const fill = () => {
      while (sent_ms.length < requests.length && sent_ms.length - answered < concurrent) {
        call.write(requests[sent_ms.length] as Buffer);
        sent_ms.push(performance.now());
      }
    };
    call.on('data', (answer: Buffer) => {
      check(answer);
      latencies_ms.push(performance.now() - (sent_ms[answered] ?? 0));
      answered += 1;
      if (answered === requests.length) call.end();
      else fill();
    });
    call.on('end', resolve);
    call.on('error', reject);
    fill();
  });
}

function send(client: Client, path: string, request: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(path, same, same, request, (error, answer) => {
      if (error !== null || answer === undefined) reject(error ?? new Error('no answer'));
      else resolve(answer);
    });
  });
}
