import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FRAME_HEAD_BYTES, framed, framesIn } from '../harness/grpc-frames.ts';
import type { LoadJob, LoadResult } from './load-process.ts';

export type { LoadResult };

const PROCESS = fileURLToPath(new URL('./load-process.ts', import.meta.url));

/** The result of a run, with the answers to its messages: in order for streams only. */
export interface Answered extends LoadResult {
  readonly answers: readonly Buffer[];
}

/** A separate process that calls one server over connections with mutual TLS. */
export class Load {
  readonly #child: ChildProcess;
  readonly #dir = mkdtempSync(join(tmpdir(), 'ramz-load-'));

  constructor(dataDir: string, port: number, connections: number) {
    // A small young generation makes many short pauses instead of long ones, which would be
    // measured as the server's.
    const execArgv = [...process.execArgv, '--max-semi-space-size=2'];
    this.#child = fork(PROCESS, [dataDir, String(port), String(connections)], { execArgv });
  }

  /** Sends each message once, `concurrent` at a time. */
  closed(path: string, messages: readonly Buffer[], concurrent: number): Promise<Answered> {
    return this.#run({ way: 'closed', path, concurrent, perSeconds: 0 }, messages);
  }

  /** Sends them over one stream per connection, at most `concurrent` in flight in total. */
  streams(path: string, messages: readonly Buffer[], concurrent: number): Promise<Answered> {
    return this.#run({ way: 'streams', path, concurrent, perSeconds: 0 }, messages);
  }

  /** Sends each message once at the rate `perSeconds`, without waiting for answers. */
  open(path: string, messages: readonly Buffer[], perSeconds: number): Promise<Answered> {
    return this.#run({ way: 'open', path, concurrent: 0, perSeconds }, messages);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.disconnect();
    await ended;
    rmSync(this.#dir, { recursive: true, force: true });
  }

  async #run(how: Omit<LoadJob, 'messagesFile' | 'answersFile'>, messages: readonly Buffer[]): Promise<Answered> {
    const job = { ...how, messagesFile: join(this.#dir, 'messages'), answersFile: join(this.#dir, 'answers') };
    writeFileSync(job.messagesFile, Buffer.concat(messages.map((message) => framed(message))));
    this.#child.send(job satisfies LoadJob);
    const result = await new Promise<LoadResult>((resolve, reject) => {
      const onExit = (code: number | null) => reject(new Error(`the load process exited with ${code}`));
      this.#child.once('exit', onExit);
      this.#child.once('message', (said) => {
        this.#child.off('exit', onExit);
        resolve(said as LoadResult);
      });
    });
    const frames = Array.from(framesIn(readFileSync(job.answersFile)));
    return { ...result, answers: frames.map((frame) => frame.subarray(FRAME_HEAD_BYTES)) };
  }
}
