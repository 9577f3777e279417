import type { Http2Session, ServerHttp2Stream } from 'node:http2';
import { type AnyCall, authContextOf } from '../connections/connection-of.ts';

/** One HTTP/2 stream as a call: who sends it, and whether the caller is still there. */
export class Http2Call implements AnyCall {
  readonly #stream: ServerHttp2Stream;

  constructor(stream: ServerHttp2Stream) {
    this.#stream = stream;
    // A broken stream is closed, and a closed one is not answered. There is nothing else to do.
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
}
