// RFC 9113, 8.1: a server may respond before the request is complete. Many clients (gRPC's C core
// among them) then reset the stream, and nghttp2 ends a connection after about 1,000 resets in a
// row, with everything in flight on it. So a refused call gets its status once its message has
// arrived. Its bytes are counted and dropped.
import type { ServerHttp2Stream } from 'node:http2';
import { MESSAGE_BYTES_MAX } from '../../boundary/limits.ts';
import type { Ending } from './broken-message.ts';
import { respondOnly, wantNoMore } from './respond.ts';

/** Bytes of a refused call that are awaited and dropped: more than any message may have. */
const DROPPED_BYTES_MAX = 4 * MESSAGE_BYTES_MAX;
/** Time to wait for them. A slower sender is answered at once, and reset. */
const DROPPING_MS_MAX = 10_000;

/** Ends a call whose message is not read. */
export class LateEnding {
  readonly #stream: ServerHttp2Stream;
  readonly #ending: Ending;
  readonly #patience: NodeJS.Timeout | undefined;
  #bytes = 0;
  #isTold = false;

  constructor(stream: ServerHttp2Stream, ending: Ending) {
    this.#stream = stream;
    this.#ending = ending;
    if (stream.readableEnded) this.#tell();
    else {
      stream.once('end', () => this.#tell());
      this.#patience = setTimeout(() => this.#tell(), DROPPING_MS_MAX).unref();
      stream.once('close', () => clearTimeout(this.#patience));
    }
  }

  /** Counts bytes that arrived and are dropped. */
  take(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > DROPPED_BYTES_MAX) this.#tell();
  }

  #tell(): void {
    const stream = this.#stream;
    clearTimeout(this.#patience);
    if (this.#isTold || stream.destroyed || stream.closed) return;
    this.#isTold = true;
    respondOnly(stream, this.#ending);
    // In the same turn: a later reset would cross the client's own.
    wantNoMore(stream);
  }
}
