// A connection pooler as one is often set up before PostgreSQL: it passes everything on but what a client wants its session to be.
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Of the first message of a connection: its length, then who wants which database, how (protocol 3.0, 55.7). */
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

  /** @param dropped text of a session's options that does not reach the server */
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
