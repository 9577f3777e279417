// gRPC over HTTP/2 (grpc/doc/PROTOCOL-HTTP2.md): a call with one message each way.
import type { ServerHttp2Stream } from 'node:http2';
import { status } from '@grpc/grpc-js';
import { MESSAGE_BYTES_MAX } from '../../boundary/limits.ts';
import type { AnyCall } from '../connections/connection-of.ts';
import { type CallTrace, inside } from '../telemetry/call-trace.ts';
import { BrokenMessage, type Ending } from './broken-message.ts';
import { declaredLength, frame, HEADER_BYTES, messageEnd } from './framing.ts';
import type { HalfSentCall, Sender } from './half-sent.ts';
import { Http2Call } from './http2-call.ts';
import { LateEnding } from './late-ending.ts';
import { endsEarly, type MessageForm, readMessage, tooLong, tooManyHalfSent } from './message-form.ts';
import { ReceivedBytes } from './received-bytes.ts';
import { OK, respondBefore } from './respond.ts';

/** Answers a call. Admits the caller itself; what it throws becomes a status. */
export type Answer = (request: unknown, call: AnyCall) => Promise<unknown>;

/** A unary method of the fast path: what answers it, and the form of its messages. */
export interface FastMethod extends MessageForm {
  readonly answer: Answer;
}

/** One call on one HTTP/2 stream, from its first byte to its status. */
export class FastCall implements HalfSentCall {
  readonly #stream: ServerHttp2Stream;
  readonly #call: Http2Call;
  readonly #method: FastMethod;
  readonly #deadlineMs: number;
  readonly #sender: Sender;
  readonly #trace: CallTrace | undefined;
  readonly #received = new ReceivedBytes();
  #hasEnded = false;
  /**
   * Set for a call that was refused early. It sends the status once the message, which is dropped
   * unread, has arrived.
   */
  #lateEnding: LateEnding | undefined;

  /**
   * @param deadlineMs when the caller stops waiting, by `Date.now()`; the caller's own clock ends
   * the call then
   */
  constructor(stream: ServerHttp2Stream, method: FastMethod, deadlineMs: number, sender: Sender, trace?: CallTrace) {
    this.#stream = stream;
    this.#call = new Http2Call(stream);
    this.#sender = sender;
    this.#method = method;
    this.#deadlineMs = deadlineMs;
    this.#trace = trace;
    if (trace !== undefined) stream.once('close', () => trace.end(status.CANCELLED));
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
    stream.once('end', () => void this.#answer());
  }

  get isGone(): boolean {
    return this.#call.cancelled;
  }

  /** Ends the call with a status instead of a response. */
  refuse(ending: Ending): void {
    if (this.#isOver()) return;
    this.#trace?.end(ending.code);
    this.#forget();
    this.#lateEnding = new LateEnding(this.#stream, ending);
  }

  isLate(): void {
    this.refuse({ code: status.DEADLINE_EXCEEDED, details: 'the message did not arrive completely in time' });
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
    // The runtime reports a reset stream as ended.
    this.#sender.halfSent.done(this);
    if (this.#hasEnded || this.isGone) return;
    const { answer, write, refusal } = this.#method;
    try {
      const request = requestIn(this.#received.bytes, this.#method);
      this.#received.forget();
      this.#trace?.note(request);
      this.#respond(write(await inside(this.#trace, () => answer(request, this.#call))));
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

  /** Returns true from the second call on, and when the caller has gone. */
  #isOver(): boolean {
    const isOver = this.#hasEnded || this.isGone;
    this.#hasEnded = true;
    return isOver;
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
