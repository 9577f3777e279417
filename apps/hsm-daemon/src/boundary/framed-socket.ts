import type { Socket } from 'node:net';
import { deserialize, serialize } from 'node:v8';

const LENGTH_BYTES = 4;

/**
 * The wall over a Unix socket: each message follows its length, serialized like the messages
 * between two Node processes (structured clone). One end per connection.
 */
export class FramedSocket<In, Out> {
  readonly #socket: Socket;
  readonly #bytesMax: number;
  #pieces: Buffer[] = [];
  #bytes = 0;

  /**
   * @param bytesMax largest message to accept
   * @param onMessage called with each message, in order
   * @param onBroken called for bytes that are not a message; the connection is then closed
   */
  constructor(socket: Socket, bytesMax: number, onMessage: (message: In) => void, onBroken: () => void = () => {}) {
    this.#socket = socket;
    this.#bytesMax = bytesMax;
    socket.on('data', (piece: Buffer) => {
      try {
        this.#pieces.push(piece);
        this.#bytes += piece.length;
        for (let message = this.#next(); message !== undefined; message = this.#next())
          onMessage(deserialize(message) as In);
      } catch {
        onBroken();
        socket.destroy();
      }
    });
  }

  send(message: Out): void {
    if (this.#socket.destroyed) return;
    const bytes = serialize(message);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(bytes.length);
    this.#socket.cork();
    this.#socket.write(length);
    this.#socket.write(bytes);
    this.#socket.uncork();
  }

  /**
   * Returns the next complete message.
   * @throws RangeError for a message that is too long
   */
  #next(): Buffer | undefined {
    if (this.#bytes < LENGTH_BYTES) return undefined;
    const all = this.#joined();
    const end = LENGTH_BYTES + all.readUInt32BE();
    if (end - LENGTH_BYTES > this.#bytesMax) throw new RangeError('the message is too long');
    if (all.length < end) return undefined;
    const rest = all.subarray(end);
    this.#pieces = rest.length > 0 ? [rest] : [];
    this.#bytes = rest.length;
    return all.subarray(LENGTH_BYTES, end);
  }

  #joined(): Buffer {
    const [first] = this.#pieces;
    // A long message arrives in many pieces. They are joined once it is complete.
    if (this.#pieces.length === 1 && first !== undefined) return first;
    const wanted = this.#wanted();
    if (wanted !== undefined && this.#bytes < wanted) return first as Buffer;
    const all = Buffer.concat(this.#pieces);
    this.#pieces = [all];
    return all;
  }

  /**
   * Returns the length of the next message including its prefix; undefined while the first piece is
   * shorter than the prefix.
   */
  #wanted(): number | undefined {
    const [first] = this.#pieces;
    return first === undefined || first.length < LENGTH_BYTES ? undefined : LENGTH_BYTES + first.readUInt32BE();
  }
}
