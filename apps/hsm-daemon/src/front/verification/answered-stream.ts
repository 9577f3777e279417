import type { ServerDuplexStream } from '@grpc/grpc-js';
import { DaemonStopping } from '../errors/front-errors.ts';
import { FlowControl, type Together } from '../fast-path/flow-control.ts';

/**
 * A stream of the gRPC library, under the same flow control as one of the fast path. Each request
 * is answered separately, in order. The library does not report the length of a message, so its own
 * buffers bound the bytes.
 */
export class AnsweredStream<Request, Response> {
  /**
   * Settles when everything is answered or the caller has gone. Rejects when an answer throws or
   * the daemon stops.
   */
  readonly ended: Promise<void>;
  readonly #call: ServerDuplexStream<Request, Response>;
  readonly #stopping: AbortSignal;
  readonly #answer: (requests: readonly Request[]) => Promise<Together>;
  readonly #end = Promise.withResolvers<void>();
  readonly #flow = new FlowControl();
  #hasEnded = false;
  #hasFailed = false;

  constructor(
    call: ServerDuplexStream<Request, Response>,
    stopping: AbortSignal,
    answer: (requests: readonly Request[]) => Promise<Together>,
  ) {
    this.#call = call;
    this.#stopping = stopping;
    this.#answer = answer;
    this.ended = this.#end.promise;
    this.#listen();
  }

  #listen(): void {
    const goOn = () => this.#goOn();
    this.#call.on('data', (request: Request) => void this.#take(request));
    this.#call.on('drain', () => {
      this.#flow.drain();
      goOn();
    });
    this.#call.on('end', () => {
      this.#hasEnded = true;
      goOn();
    });
    this.#stopping.addEventListener('abort', goOn);
    // Closed without an end: no caller is left to answer.
    this.#call.on('close', () => {
      this.#stopping.removeEventListener('abort', goOn);
      this.#end.resolve();
    });
  }

  async #take(request: Request): Promise<void> {
    // A request that was read before the stream failed.
    if (this.#hasFailed) return;
    this.#flow.read(0);
    const group = this.#flow.begin(1, 0);
    this.#goOn();
    try {
      group.outcome = await this.#answer([request]);
    } catch (failure) {
      group.outcome = { answers: [], failure };
    }
    this.#write();
  }

  #write(): void {
    if (this.#hasFailed) return;
    for (const outcome of this.#flow.settled()) {
      for (const answer of outcome.answers) {
        // The caller may have gone meanwhile. The decision is in the log.
        const isThere = !this.#call.destroyed && !this.#call.cancelled;
        if (isThere && !this.#call.write(answer as Response)) this.#flow.fill();
      }
      if ('failure' in outcome) return this.#fail(outcome.failure);
    }
    this.#goOn();
  }

  /** Continues reading, waits or finishes. */
  #goOn(): void {
    if (this.#hasFailed) return;
    const { aborted: isStopping } = this.#stopping;
    if (isStopping || this.#flow.mustWait) this.#call.pause();
    else if (this.#call.isPaused()) this.#call.resume();
    if (!this.#flow.isIdle) return;
    if (this.#hasEnded && this.#flow.isDone) this.#end.resolve();
    else if (isStopping) this.#fail(new DaemonStopping());
  }

  #fail(error: unknown): void {
    this.#hasFailed = true;
    this.#call.pause();
    this.#end.reject(error);
  }
}
