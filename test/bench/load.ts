import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LoadJob, LoadResult } from './load-process.ts';

export type { LoadResult };

const PROCESS = fileURLToPath(new URL('./load-process.ts', import.meta.url));
const HEADER_BYTES = 5;

/** A run, and the answers to its messages: in no order, but for streams. */
export interface Answered extends LoadResult {
  readonly answers: readonly Buffer[];
}

/** A process of its own that calls one server over connections with mutual TLS. */
export class Load {
  readonly #child: ChildProcess;
  readonly #dir = mkdtempSync(join(tmpdir(), 'ramz-load-'));

  constructor(data_dir: string, port: number, connections: number) {
    // A small young generation: many short pauses instead of long ones, which would be measured as the server's.
    const execArgv = [...process.execArgv, '--max-semi-space-size=2'];
    this.#child = fork(PROCESS, [data_dir, String(port), String(connections)], { execArgv });
  }

  /** Sends each message once, `concurrent` at a time. */
  closed(path: string, messages: readonly Buffer[], concurrent: number): Promise<Answered> {
    return this.#run({ way: 'closed', path, concurrent, per_s: 0 }, messages);
  }

  /** The same over one stream a connection, at most `concurrent` under way in all of them. */
  streams(path: string, messages: readonly Buffer[], concurrent: number): Promise<Answered> {
    return this.#run({ way: 'streams', path, concurrent, per_s: 0 }, messages);
  }

  /** Sends each message once at `per_s`, whether or not the former ones were answered. */
  open(path: string, messages: readonly Buffer[], per_s: number): Promise<Answered> {
    return this.#run({ way: 'open', path, concurrent: 0, per_s }, messages);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.disconnect();
    await ended;
    rmSync(this.#dir, { recursive: true, force: true });
  }

  async #run(how: Omit<LoadJob, 'messages_file' | 'answers_file'>, messages: readonly Buffer[]): Promise<Answered> {
    const job = { ...how, messages_file: join(this.#dir, 'messages'), answers_file: join(this.#dir, 'answers') };
    writeFileSync(job.messages_file, Buffer.concat(messages.map(framed)));
    this.#child.send(job satisfies LoadJob);
    const result = await new Promise<LoadResult>((resolve, reject) => {
      const onExit = (code: number | null) => reject(new Error(`the process that calls ended with ${code}`));
      this.#child.once('exit', onExit);
      this.#child.once('message', (said) => {
        this.#child.off('exit', onExit);
        resolve(said as LoadResult);
      });
    });
    return { ...result, answers: [...messagesIn(readFileSync(job.answers_file))] };
  }
}

/** As gRPC frames it: not compressed, its length, itself. */
function framed(message: Buffer): Buffer {
  const head = Buffer.alloc(HEADER_BYTES);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

function* messagesIn(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; ) {
    const end = at + HEADER_BYTES + bytes.readUInt32BE(at + 1);
    yield bytes.subarray(at + HEADER_BYTES, end);
    at = end;
  }
}
