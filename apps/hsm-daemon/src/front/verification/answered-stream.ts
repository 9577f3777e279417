import type { ServerDuplexStream } from '@grpc/grpc-js';
import { STREAM_AWAY_MAX } from '../../boundary/limits.ts';
import { DaemonStopping } from '../rpc/daemon-stopping.ts';

type AnswerOutcome<Response> = { readonly response: Response } | { readonly error: unknown };

/** A request that was read: its answer, or why there is none, once that is known. */
interface AnswerSlot<Response> {
  outcome?: AnswerOutcome<Response>;
}

/**
 * Answers a stream's requests in their order, so many under way and no more. A caller who does not take the answers is
 * not read from any more: what waits for it is no more than was under way. Nothing of a request is kept once it is
 * answered.
 */
export class AnsweredStream<Request, Response> {
  /** Settles when all is answered or the caller has gone; what an answer throws, or a stop, ends it. */
  readonly ended: Promise<void>;
  readonly #call: ServerDuplexStream<Request, Response>;
  readonly #stopping: AbortSignal;
  readonly #answer: (request: Request) => Promise<Response>;
  readonly #end = Promise.withResolvers<void>();
  readonly #away: AnswerSlot<Response>[] = [];
  #hasEnded = false;
  #isFull = false;
  #hasFailed = false;

  constructor(
    call: ServerDuplexStream<Request, Response>,
    stopping: AbortSignal,
    answer: (request: Request) => Promise<Response>,
  ) {
    this.#call = call;
    this.#stopping = stopping;
    this.#answer = answer;
    this.ended = this.#end.promise;
    this.#listen();
  }

  #listen(): void {
    const goOn = () => this.#goOn();
    this.#call.on('data', (request: Request) => this.#take(request));
    this.#call.on('drain', () => {
      this.#isFull = false;
      goOn();
    });
    this.#call.on('end', () => {
      this.#hasEnded = true;
      goOn();
    });
    this.#stopping.addEventListener('abort', goOn);
    // Gone without an end: there is nobody to answer.
    this.#call.on('close', () => {
      this.#stopping.removeEventListener('abort', goOn);
      this.#end.resolve();
    });
  }

  #take(request: Request): void {
    // What was read already when the stream failed.
    if (this.#hasFailed) return;
    const place: AnswerSlot<Response> = {};
    this.#away.push(place);
    const settle = (outcome: AnswerOutcome<Response>) => {
      place.outcome = outcome;
      this.#write();
    };
    this.#answer(request).then(
      (response) => settle({ response }),
      (error: unknown) => settle({ error }),
    );
    this.#goOn();
  }

  /** What is answered, up to the first that is not. */
  #write(): void {
    if (this.#hasFailed) return;
    for (let first = this.#away[0]?.outcome; first !== undefined; first = this.#away[0]?.outcome) {
      if ('error' in first) return this.#fail(first.error);
      this.#away.shift();
      // The caller may have gone meanwhile: what was decided is in the log.
      const isThere = !this.#call.destroyed && !this.#call.cancelled;
      if (isThere && !this.#call.write(first.response)) this.#isFull = true;
    }
    this.#goOn();
  }

  /** Reads on, waits, or is done. */
  #goOn(): void {
    if (this.#hasFailed) return;
    const { aborted: isStopping } = this.#stopping;
    if (isStopping || this.#isFull || this.#away.length >= STREAM_AWAY_MAX) this.#call.pause();
    else if (this.#call.isPaused()) this.#call.resume();
    if (this.#away.length > 0) return;
    if (this.#hasEnded && !this.#isFull) this.#end.resolve();
    else if (isStopping) this.#fail(new DaemonStopping());
  }

  #fail(error: unknown): void {
    this.#hasFailed = true;
    this.#call.pause();
    this.#end.reject(error);
  }
}
