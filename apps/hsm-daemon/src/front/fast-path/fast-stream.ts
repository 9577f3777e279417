// gRPC over HTTP/2 (grpc/doc/PROTOCOL-HTTP2.md): a call with many messages each way.
import { constants, type ServerHttp2Stream } from 'node:http2';
import { status } from '@grpc/grpc-js';
import type { AnyCall } from '../connections/connection-of.ts';
import { DaemonStopping } from '../errors/front-errors.ts';
import { type CallTrace, inside } from '../telemetry/call-trace.ts';
import { BrokenMessage, type Ending } from './broken-message.ts';
import { FlowControl, type Together } from './flow-control.ts';
import { frame, messageEnd } from './framing.ts';
import type { HalfSentCall, Sender } from './half-sent.ts';
import { Http2Call } from './http2-call.ts';
import { endsEarly, type MessageForm, readMessage, tooLong, tooManyHalfSent } from './message-form.ts';
import { ReceivedBytes } from './received-bytes.ts';
import { OK, respondBefore, respondOnly, wantNoMore } from './respond.ts';

export type AnswerTogether = (requests: readonly unknown[]) => Promise<Together>;
/** Admits the caller. What it throws ends the stream before a message is read. */
export type OpenStream = (call: AnyCall) => Promise<AnswerTogether>;

/** A streaming method of the fast path: what answers it, and the form of its messages. */
export interface StreamMethod extends MessageForm {
  readonly open: OpenStream;
  readonly stopping: AbortSignal;
}

/** Longer than any network stalls and recovers. */
const FAILED_PATIENCE_MS = 60_000;

/**
 * One stream of messages on one HTTP/2 stream. Messages that arrive in one turn of the event loop
 * are answered together and written together. Nothing of a request is kept once it is answered.
 */
export class FastStream implements HalfSentCall {
  readonly #stream: ServerHttp2Stream;
  readonly #call: Http2Call;
  readonly #method: StreamMethod;
  readonly #sender: Sender;
  readonly #trace: CallTrace | undefined;
  readonly #received = new ReceivedBytes();
  readonly #flow = new FlowControl();
  #requests: unknown[] = [];
  #requestsBytes = 0;
  #hasResponded = false;
  #hasEnded = false;
  #ending: Ending | undefined;

  constructor(stream: ServerHttp2Stream, method: StreamMethod, sender: Sender, trace?: CallTrace) {
    this.#stream = stream;
    this.#call = new Http2Call(stream);
    this.#sender = sender;
    this.#method = method;
    this.#trace = trace;
    if (trace !== undefined) stream.once('close', () => trace.end(status.CANCELLED));
  }

  get isGone(): boolean {
    return this.#call.cancelled;
  }

  /** A stream may pause as long as it likes, even within a message. Only its bytes are bounded. */
  isLate(): void {}

  /** Reads nothing before the caller is admitted. */
  async start(): Promise<void> {
    if (this.#isOver) return;
    try {
      const answer = await this.#method.open(this.#call);
      this.#endWhenStopping(answer);
      this.#stream.on('data', (chunk: Buffer) => {
        if (this.#isOver) return;
        this.#received.take(chunk);
        this.#goOn(answer);
        this.#keep();
      });
      this.#stream.on('drain', () => {
        this.#flow.drain();
        this.#goOn(answer);
      });
      this.#stream.once('end', () => {
        this.#hasEnded = true;
        this.#goOn(answer);
      });
    } catch (error) {
      this.#fail(error);
    }
  }

  #keep(): void {
    const { caller, halfSent } = this.#sender;
    const { length } = this.#received;
    if (length === 0) halfSent.done(this);
    else if (!halfSent.keep(this, caller, length)) this.#fail(tooManyHalfSent());
  }

  #endWhenStopping(answer: AnswerTogether): void {
    const { stopping } = this.#method;
    const end = () => this.#goOn(answer);
    stopping.addEventListener('abort', end);
    this.#stream.once('close', () => stopping.removeEventListener('abort', end));
  }

  /**
   * True when the stream has ended or the caller has gone. The runtime reports a reset stream as
   * ended.
   */
  get #isOver(): boolean {
    return this.#ending !== undefined || this.isGone;
  }

  get #mustWait(): boolean {
    return this.#method.stopping.aborted || this.#flow.mustWait;
  }

  /** Reads what may be read; then continues, waits or finishes. */
  #goOn(answer: AnswerTogether): void {
    if (this.#isOver) return;
    try {
      this.#readWhole(answer);
    } catch (error) {
      return this.#fail(error);
    }
    if (this.#mustWait) this.#stream.pause();
    else if (this.#stream.isPaused()) this.#stream.resume();
    if (this.#hasEnded && this.#flow.isDone) this.#finish();
    else if (this.#method.stopping.aborted && this.#flow.isIdle) this.#fail(new DaemonStopping());
  }

  /** @throws BrokenMessage */
  #readWhole(answer: AnswerTogether): void {
    const { bytes } = this.#received;
    let at = 0;
    while (!this.#mustWait) {
      const end = messageEnd(bytes, at);
      if (end === Number.POSITIVE_INFINITY) throw tooLong();
      if (end === undefined) break;
      if (this.#requests.length === 0) setImmediate(() => void this.#answer(answer));
      this.#requests.push(readMessage(bytes.subarray(at, end), this.#method));
      this.#flow.read(end - at);
      this.#requestsBytes += end - at;
      at = end;
    }
    if (at > 0) this.#received.keepFrom(at);
  }

  async #answer(answer: AnswerTogether): Promise<void> {
    const [requests, bytes] = [this.#requests, this.#requestsBytes];
    this.#requests = [];
    this.#requestsBytes = 0;
    // Requests that were read before the stream failed.
    if (this.#isOver) return;
    const group = this.#flow.begin(requests.length, bytes);
    try {
      group.outcome = await inside(this.#trace, () => answer(requests));
    } catch (failure) {
      group.outcome = { answers: [], failure };
    }
    // The caller may have gone meanwhile. The decision is in the log.
    if (this.#isOver) return;
    try {
      this.#write();
    } catch (error) {
      this.#fail(error);
    }
    this.#goOn(answer);
  }

  #write(): void {
    const messages: Buffer[] = [];
    let failed: Together | undefined;
    for (const outcome of this.#flow.settled()) {
      messages.push(...outcome.answers.map(this.#method.write));
      if ('failure' in outcome) failed = outcome;
    }
    if (messages.length > 0) {
      this.#respond();
      if (!this.#stream.write(frame(messages))) this.#flow.fill();
    }
    if (failed !== undefined) this.#fail(failed.failure);
  }

  #finish(): void {
    if (this.#received.length > 0) return this.#fail(endsEarly());
    this.#respond();
    this.#ending = OK;
    this.#trace?.end(status.OK);
    this.#stream.end();
  }

  #respond(): void {
    if (this.#hasResponded) return;
    this.#hasResponded = true;
    respondBefore(this.#stream, () => this.#ending ?? OK);
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#received.forget();
    this.#sender.halfSent.done(this);
    const stream = this.#stream;
    this.#ending = error instanceof BrokenMessage ? error : this.#method.refusal(error);
    this.#trace?.end(this.#ending.code);
    // Reads and drops what is still sent: a paused stream never ends.
    stream.resume();
    if (this.#hasResponded) {
      // A caller that does not read would keep it open forever.
      const patience = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), FAILED_PATIENCE_MS);
      stream.once('close', () => clearTimeout(patience));
      // After the trailers, which the runtime requests once everything written has been sent.
      stream.once('wantTrailers', () => setImmediate(() => wantNoMore(stream)));
      stream.end();
    } else {
      respondOnly(stream, this.#ending);
      wantNoMore(stream);
    }
  }
}
