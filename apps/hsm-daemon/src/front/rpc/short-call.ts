// gRPC over HTTP/2 (grpc/doc/PROTOCOL-HTTP2.md): a call with one message each way.
import { constants, type Http2Session, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import { status } from '@grpc/grpc-js';
import { MESSAGE_BYTES_MAX } from '../../boundary/limits.ts';
import type { AnyCall } from '../access/connection-of.ts';
import type { Answer } from './direct-calls.ts';
import { declaredLength, HEADER_BYTES } from './message-header.ts';
import { ReceivedBytes } from './received-bytes.ts';
import type { GrpcRefusal } from './refusal-error.ts';

/** What answers a call that comes the short way, and the form of its messages. */
export interface ShortMethod {
  readonly answer: Answer;
  /** @throws Error for bytes that are no such message */
  readonly read: (message: Buffer) => unknown;
  readonly write: (response: unknown) => Buffer;
  /** What is thrown in the answer, as a status. */
  readonly refusal: (error: unknown) => GrpcRefusal;
}

type Ending = Pick<GrpcRefusal, 'code' | 'details'> & Partial<GrpcRefusal>;

/** What came is no message of the protocol. */
class BrokenMessage extends Error implements Ending {
  readonly code: status;
  readonly details: string;

  constructor(code: status, details: string) {
    super(details);
    this.name = 'BrokenMessage';
    this.code = code;
    this.details = details;
  }
}

const CONTENT_TYPE = 'application/grpc+proto';
const RESPONSE_HEADERS = { ':status': 200, 'content-type': CONTENT_TYPE };
const WITH_TRAILERS = { waitForTrailers: true };
const OK_TRAILERS = { 'grpc-status': '0' };

/** One call on one HTTP/2 stream, from its first byte to its status. */
export class ShortCall implements AnyCall {
  readonly #stream: ServerHttp2Stream;
  readonly #method: ShortMethod;
  readonly #deadline_ms: number;
  readonly #received = new ReceivedBytes();
  #has_ended = false;

  /** @param deadline_ms when the caller stops waiting, of `Date.now()`; the caller's own clock ends the call then */
  constructor(stream: ServerHttp2Stream, method: ShortMethod, deadline_ms: number) {
    this.#stream = stream;
    this.#method = method;
    this.#deadline_ms = deadline_ms;
    // A stream that breaks is closed, and a closed one is not answered: there is nothing else to do.
    stream.once('error', () => {});
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
    stream.once('end', () => void this.#answer());
  }

  get connection(): Http2Session | undefined {
    return this.#stream.session;
  }

  getAuthContext(): ReturnType<AnyCall['getAuthContext']> {
    const socket = this.connection?.socket as TLSSocket | undefined;
    const certificate = socket?.authorized === true ? socket.getPeerCertificate() : undefined;
    return certificate?.raw === undefined ? {} : { transportSecurityType: 'ssl', sslPeerCertificate: certificate };
  }

  /** Ends the call without having decided anything. */
  refuse({ code, details, metadata }: Ending): void {
    if (this.#isOver()) return;
    this.#received.forget();
    const trailers = { 'grpc-status': String(code), 'grpc-message': encodeURI(details), ...metadata?.toHttp2Headers() };
    this.#stream.respond({ ...RESPONSE_HEADERS, ...trailers }, { endStream: true });
    // RFC 9113, 8.1: whoever has not sent all is told that no more is wanted, or the stream would stay open for it.
    if (!this.#stream.readableEnded) this.#stream.close(constants.NGHTTP2_NO_ERROR);
  }

  #take(chunk: Buffer): void {
    if (this.#has_ended) return;
    this.#received.take(chunk);
    const { length, bytes } = this.#received;
    const declared = length < HEADER_BYTES ? 0 : declaredLength(bytes);
    if (Math.max(declared, length - HEADER_BYTES) <= MESSAGE_BYTES_MAX) return;
    this.refuse({ code: status.RESOURCE_EXHAUSTED, details: `a message has at most ${MESSAGE_BYTES_MAX} bytes` });
  }

  async #answer(): Promise<void> {
    if (this.#has_ended) return;
    const { answer, read, write, refusal } = this.#method;
    try {
      const request = requestIn(this.#received.bytes, read);
      this.#received.forget();
      this.#respond(write(await answer(request, this)));
    } catch (error) {
      this.refuse(error instanceof BrokenMessage ? error : refusal(error));
    }
  }

  #respond(message: Buffer): void {
    if (Date.now() > this.#deadline_ms) {
      return this.refuse({ code: status.DEADLINE_EXCEEDED, details: 'Deadline exceeded' });
    }
    if (this.#isOver()) return;
    const framed = Buffer.allocUnsafe(HEADER_BYTES + message.length);
    framed[0] = 0;
    framed.writeUInt32BE(message.length, 1);
    framed.set(message, HEADER_BYTES);
    this.#stream.respond(RESPONSE_HEADERS, WITH_TRAILERS);
    this.#stream.once('wantTrailers', () => this.#stream.sendTrailers(OK_TRAILERS));
    this.#stream.end(framed);
  }

  /** True from the second time on, and when the caller has gone. */
  #isOver(): boolean {
    const is_over = this.#has_ended || this.#stream.destroyed || this.#stream.closed;
    this.#has_ended = true;
    return is_over;
  }
}

/** @throws BrokenMessage */
function requestIn(bytes: Buffer, read: ShortMethod['read']): unknown {
  if (bytes.length === 0) throw new BrokenMessage(status.UNIMPLEMENTED, 'Received no request message');
  if (bytes[0] !== 0) throw new BrokenMessage(status.INTERNAL, 'The message is compressed, and no header says how');
  const end = HEADER_BYTES + (bytes.length < HEADER_BYTES ? 0 : declaredLength(bytes));
  if (bytes.length < end) throw new BrokenMessage(status.INTERNAL, 'The message ends early');
  if (bytes.length > end) throw new BrokenMessage(status.UNIMPLEMENTED, 'Received a second request message');
  try {
    return read(bytes.subarray(HEADER_BYTES));
  } catch {
    throw new BrokenMessage(status.INTERNAL, 'Error deserializing request');
  }
}

const TIMEOUT = /^(\d{1,8})([HMSmun])$/;
const UNIT_MS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 1e-3, n: 1e-6 };

/** When a call must be answered; undefined for a header that is none. */
export function deadlineOf(headers: IncomingHttpHeaders, now_ms: number): number | undefined {
  const timeout = headers['grpc-timeout'];
  if (timeout === undefined) return Number.POSITIVE_INFINITY;
  const [, count, unit = ''] = TIMEOUT.exec(String(timeout)) ?? [];
  return count === undefined ? undefined : now_ms + Number(count) * (UNIT_MS[unit] ?? 0);
}
