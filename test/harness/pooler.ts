// A connection pooler in front of PostgreSQL, in a common setup: it forwards everything except
// session options.
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * The length field of a connection's first message; user, database and options follow (protocol
 * 3.0, 55.7).
 */
const LENGTH_BYTES = 4;

export class Pooler {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;

  private constructor(server: Server, sockets: Set<Socket>) {
    const address = server.address();
    this.port = typeof address === 'object' && address !== null ? address.port : 0;
    this.#server = server;
    this.#sockets = sockets;
  }

  /** @param dropped the part of a session's options that the pooler removes */
  static async start(serverPort: number, dropped: string): Promise<Pooler> {
    const sockets = new Set<Socket>();
    const server = createServer((client) => {
      const upstream = connect(serverPort, '127.0.0.1');
      for (const socket of [client, upstream]) sockets.add(socket.on('error', () => client.destroy()));
      client.once('data', (first: Buffer) => {
        upstream.write(without(first, dropped));
        client.pipe(upstream).pipe(client);
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return new Pooler(server, sockets);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((closed) => this.#server.close(closed));
  }
}

function without(first: Buffer, dropped: string): Buffer {
  const text = first.subarray(LENGTH_BYTES).toString('latin1');
  if (!text.includes(dropped)) throw new Error(`a session did not ask for ${dropped}`);
  const rest = Buffer.from(text.replace(dropped, ''), 'latin1');
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(LENGTH_BYTES + rest.length);
  return Buffer.concat([length, rest]);
}
