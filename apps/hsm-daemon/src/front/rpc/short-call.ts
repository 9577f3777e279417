// gRPC over HTTP/2 (grpc/doc/PROTOCOL-HTTP2.md): a call with one message each way.
import type { Http2Session, IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { status } from '@grpc/grpc-js';
import { MESSAGE_BYTES_MAX } from '../../boundary/limits.ts';
import type { AnyCall } from '../access/connection-of.ts';
import { type CallTrace, inside } from '../telemetry/call-trace.ts';
import { BrokenMessage, type Ending } from './broken-message.ts';
import type { Answer } from './direct-calls.ts';
import { authContextOf, frame, OK, respondBefore } from './grpc-on-http2.ts';
import type { HalfSent, HalfSentCall } from './half-sent.ts';
import { LateEnding } from './late-ending.ts';
import { endsEarly, type MessageForm, readMessage, tooLong, tooManyHalfSent } from './message-form.ts';
import { declaredLength, HEADER_BYTES, messageEnd } from './message-header.ts';
import { ReceivedBytes } from './received-bytes.ts';

/** What answers a call that comes the short way, and the form of its messages. */
export interface ShortMethod extends MessageForm {
  readonly answer: Answer;
}

/** Who sends a call, and where what came of it is counted until it is whole. */
export interface Sender {
  /** Common name of the certificate. */
  readonly caller: string;
  readonly halfSent: HalfSent;
}

/** One call on one HTTP/2 stream, from its first byte to its status. */
export class ShortCall implements AnyCall, HalfSentCall {
  readonly #stream: ServerHttp2Stream;
  readonly #method: ShortMethod;
  readonly #deadlineMs: number;
  readonly #sender: Sender;
  readonly #trace: CallTrace | undefined;
  readonly #received = new ReceivedBytes();
  #hasEnded = false;
  /** Answers when the message has arrived, which is dropped unread. */
  #lateEnding: LateEnding | undefined;

  /** @param deadlineMs when the caller stops waiting, of `Date.now()`; the caller's own clock ends the call then */
  constructor(stream: ServerHttp2Stream, method: ShortMethod, deadlineMs: number, sender: Sender, trace?: CallTrace) {
    this.#stream = stream;
    this.#sender = sender;
    this.#method = method;
    this.#deadlineMs = deadlineMs;
    this.#trace = trace;
    if (trace !== undefined) stream.once('close', () => trace.end(status.CANCELLED));
    // A stream that breaks is closed, and a closed one is not answered: there is nothing else to do.
    stream.once('error', () => {});
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
    stream.once('end', () => void this.#answer());
  }

  get connection(): Http2Session | undefined {
    return this.#stream.session;
  }

  get cancelled(): boolean {
    return this.isGone;
  }

  getAuthContext(): ReturnType<AnyCall['getAuthContext']> {
    return authContextOf(this.connection);
  }

  /** Ends the call without having decided anything. */
  refuse(ending: Ending): void {
    if (this.#isOver()) return;
    this.#trace?.end(ending.code);
    this.#forget();
    this.#lateEnding = new LateEnding(this.#stream, ending);
  }

  isLate(): void {
    this.refuse({ code: status.DEADLINE_EXCEEDED, details: 'the message did not arrive whole in time' });
  }

  #forget(): void {
    this.#received.forget();
    this.#sender.halfSent.done(this);
  }

  #take(chunk: Buffer): void {
    if (this.#hasEnded) return this.#lateEnding?.take(chunk.length);
    this.#received.take(chunk);
    const { length, bytes } = this.#received;
    const declared = length < HEADER_BYTES ? 0 : declaredLength(bytes);
    const { caller, halfSent } = this.#sender;
    if (Math.max(declared, length - HEADER_BYTES) > MESSAGE_BYTES_MAX) this.refuse(tooLong());
    else if (!halfSent.keep(this, caller, length)) this.refuse(tooManyHalfSent());
  }

  async #answer(): Promise<void> {
    // The runtime tells a stream that was reset as one that ended.
    this.#sender.halfSent.done(this);
    if (this.#hasEnded || this.isGone) return;
    const { answer, write, refusal } = this.#method;
    try {
      const request = requestIn(this.#received.bytes, this.#method);
      this.#received.forget();
      this.#trace?.note(request);
      this.#respond(write(await inside(this.#trace, () => answer(request, this))));
    } catch (error) {
      this.refuse(error instanceof BrokenMessage ? error : refusal(error));
    }
  }

  #respond(message: Buffer): void {
    if (Date.now() > this.#deadlineMs) {
      return this.refuse({ code: status.DEADLINE_EXCEEDED, details: 'Deadline exceeded' });
    }
    if (this.#isOver()) return;
    this.#trace?.end(status.OK);
    respondBefore(this.#stream, () => OK);
    this.#stream.end(frame([message]));
  }

  /** True from the second time on, and when the caller has gone. */
  #isOver(): boolean {
    const isOver = this.#hasEnded || this.isGone;
    this.#hasEnded = true;
    return isOver;
  }

  get isGone(): boolean {
    return this.#stream.destroyed || this.#stream.closed;
  }
}

/** @throws BrokenMessage */
function requestIn(bytes: Buffer, form: MessageForm): unknown {
  if (bytes.length === 0) throw new BrokenMessage(status.UNIMPLEMENTED, 'Received no request message');
  const end = messageEnd(bytes, 0);
  if (end === undefined) throw endsEarly();
  if (end < bytes.length) throw new BrokenMessage(status.UNIMPLEMENTED, 'Received a second request message');
  return readMessage(bytes, form);
}

const TIMEOUT = /^(\d{1,8})([HMSmun])$/;
const UNIT_MS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 1e-3, n: 1e-6 };

/** When a call must be answered; undefined for a header that is none. */
export function deadlineOf(headers: IncomingHttpHeaders, nowMs: number): number | undefined {
  const timeout = headers['grpc-timeout'];
  if (timeout === undefined) return Number.POSITIVE_INFINITY;
  const [, count, unit = ''] = TIMEOUT.exec(String(timeout)) ?? [];
  return count === undefined ? undefined : nowMs + Number(count) * (UNIT_MS[unit] ?? 0);
}
