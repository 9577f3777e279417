// RFC 9113, 8.1: a server may answer before the request has come whole. Many clients (gRPC's C core among them) then reset the
// stream, and nghttp2 ends a connection that was reset some 1,000 times in a row, with everything under way on it. So a call
// that is refused is told when its message has come: what comes is counted and dropped.
import type { ServerHttp2Stream } from 'node:http2';
import { MESSAGE_BYTES_MAX } from '../../boundary/limits.ts';
import type { Ending } from './broken-message.ts';
import { respondOnly, wantNoMore } from './respond.ts';

/** Of a refused call, so much is waited for and dropped: more than any message may have. */
const DROPPED_BYTES_MAX = 4 * MESSAGE_BYTES_MAX;
/** And so long: a slower sender is answered at once, and reset. */
const DROPPING_MS_MAX = 10_000;

/** The ending of a call whose message is not read. */
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

  /** So many bytes came, and are dropped. */
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
    // In the same turn: a reset that comes later crosses the client's own.
    wantNoMore(stream);
  }
}
