// gRPC over HTTP/2 (grpc/doc/PROTOCOL-HTTP2.md): a call with many messages each way.
import { constants, type Http2Session, type ServerHttp2Stream } from 'node:http2';
import { status } from '@grpc/grpc-js';
import { STREAM_AWAY_BYTES_MAX, STREAM_AWAY_MAX } from '../../boundary/limits.ts';
import type { AnyCall } from '../access/connection-of.ts';
import { type CallTrace, inside } from '../telemetry/call-trace.ts';
import { BrokenMessage, type Ending } from './broken-message.ts';
import { DaemonStopping } from './daemon-stopping.ts';
import { authContextOf, frame, OK, respondBefore, respondOnly, wantNoMore } from './grpc-on-http2.ts';
import type { HalfSentCall } from './half-sent.ts';
import { endsEarly, type MessageForm, readMessage, tooLong, tooManyHalfSent } from './message-form.ts';
import { messageEnd } from './message-header.ts';
import { ReceivedBytes } from './received-bytes.ts';
import type { Sender } from './short-call.ts';

/** The answers to messages that came together, in their order: of those before the one that ended the stream, if one did. */
export interface Together {
  readonly answers: readonly unknown[];
  /** Why the stream ends, as it was thrown. */
  readonly failure?: unknown;
}

export type AnswerTogether = (requests: readonly unknown[]) => Promise<Together>;
/** Who calls, and may they. What it throws ends the stream before a message is read. */
export type OpenStream = (call: AnyCall) => Promise<AnswerTogether>;

/** What answers a stream that comes the short way, and the form of its messages. */
export interface StreamMethod extends MessageForm {
  readonly open: OpenStream;
  readonly stopping: AbortSignal;
}

/** Longer than any network stands still and comes back. */
const FAILED_PATIENCE_MS = 60_000;

/** Messages that came together: how many, and what became of them once that is known. */
interface Group {
  readonly size: number;
  readonly bytes: number;
  outcome?: Together;
}

/**
 * One stream of messages on one HTTP/2 stream. What one turn of the event loop brought is answered together, and written
 * together. So many are read and not answered, and no more; a caller who does not take the answers is not read from. Nothing
 * of a request is kept once it is answered.
 */
export class ShortStream implements AnyCall, HalfSentCall {
  readonly #stream: ServerHttp2Stream;
  readonly #method: StreamMethod;
  readonly #sender: Sender;
  readonly #trace: CallTrace | undefined;
  readonly #received = new ReceivedBytes();
  readonly #groups: Group[] = [];
  #requests: unknown[] = [];
  #requestsBytes = 0;
  /** Read, and not answered yet. */
  #away = 0;
  #awayBytes = 0;
  #hasResponded = false;
  #hasEnded = false;
  #isFull = false;
  #ending: Ending | undefined;

  constructor(stream: ServerHttp2Stream, method: StreamMethod, sender: Sender, trace?: CallTrace) {
    this.#stream = stream;
    this.#sender = sender;
    this.#method = method;
    this.#trace = trace;
    if (trace !== undefined) stream.once('close', () => trace.end(status.CANCELLED));
    // A stream that breaks is closed, and a closed one is not answered: there is nothing else to do.
    stream.once('error', () => {});
  }

  get connection(): Http2Session | undefined {
    return this.#stream.session;
  }

  get cancelled(): boolean {
    return this.#stream.destroyed || this.#stream.closed;
  }

  getAuthContext(): ReturnType<AnyCall['getAuthContext']> {
    return authContextOf(this.connection);
  }

  get isGone(): boolean {
    return this.cancelled;
  }

  /** A stream may rest as long as it likes, also within a message: only its bytes are bounded. */
  isLate(): void {}

  /** Reads nothing before it is known who calls. */
  async start(): Promise<void> {
    if (this.#isOver) return;
    try {
      const answer = await this.#method.open(this);
      this.#endWhenStopping(answer);
      this.#stream.on('data', (chunk: Buffer) => {
        if (this.#isOver) return;
        this.#received.take(chunk);
        this.#goOn(answer);
        this.#keep();
      });
      this.#stream.on('drain', () => {
        this.#isFull = false;
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

  /** True when it has ended, or the caller has gone: the runtime tells a stream that was reset as one that ended. */
  get #isOver(): boolean {
    return this.#ending !== undefined || this.#stream.destroyed || this.#stream.closed;
  }

  /** As much is under way as may be, or as the caller takes; or the daemon stops. */
  get #mustWait(): boolean {
    return (
      this.#method.stopping.aborted ||
      this.#isFull ||
      this.#away >= STREAM_AWAY_MAX ||
      this.#awayBytes >= STREAM_AWAY_BYTES_MAX
    );
  }

  /** Reads what may be read; reads on, waits, or is done. */
  #goOn(answer: AnswerTogether): void {
    if (this.#isOver) return;
    try {
      this.#readWhole(answer);
    } catch (error) {
      return this.#fail(error);
    }
    if (this.#mustWait) this.#stream.pause();
    else if (this.#stream.isPaused()) this.#stream.resume();
    if (this.#hasEnded && this.#away === 0 && !this.#isFull) this.#finish();
    else if (this.#method.stopping.aborted && this.#away === 0) this.#fail(new DaemonStopping());
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
      this.#away += 1;
      this.#awayBytes += end - at;
      this.#requestsBytes += end - at;
      at = end;
    }
    if (at > 0) this.#received.keepFrom(at);
  }

  async #answer(answer: AnswerTogether): Promise<void> {
    const [requests, bytes] = [this.#requests, this.#requestsBytes];
    this.#requests = [];
    this.#requestsBytes = 0;
    // What was read already when the stream failed.
    if (this.#isOver) return;
    const group: Group = { size: requests.length, bytes };
    this.#groups.push(group);
    try {
      group.outcome = await inside(this.#trace, () => answer(requests));
    } catch (failure) {
      group.outcome = { answers: [], failure };
    }
    // The caller may have gone meanwhile: what was decided is in the log.
    if (this.#isOver) return;
    try {
      this.#write();
    } catch (error) {
      this.#fail(error);
    }
    this.#goOn(answer);
  }

  /** What is answered, up to the first that is not. */
  #write(): void {
    const messages: Buffer[] = [];
    let failed: Together | undefined;
    for (let first = this.#groups[0]; first?.outcome !== undefined; first = this.#groups[0]) {
      this.#groups.shift();
      this.#away -= first.size;
      this.#awayBytes -= first.bytes;
      messages.push(...first.outcome.answers.map(this.#method.write));
      failed = 'failure' in first.outcome ? first.outcome : undefined;
      if (failed !== undefined) break;
    }
    if (messages.length > 0) {
      this.#respond();
      if (!this.#stream.write(frame(messages))) this.#isFull = true;
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
    // What is still sent is read and dropped: a stream that stands still never ends.
    stream.resume();
    if (this.#hasResponded) {
      // A caller who takes nothing would keep it open for ever.
      const patience = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), FAILED_PATIENCE_MS);
      stream.once('close', () => clearTimeout(patience));
      // Behind the trailers, which are asked for when all that was written is sent.
      stream.once('wantTrailers', () => setImmediate(() => wantNoMore(stream)));
      stream.end();
    } else {
      respondOnly(stream, this.#ending);
      wantNoMore(stream);
    }
  }
}
