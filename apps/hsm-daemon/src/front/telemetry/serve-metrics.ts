import { createServer, type Server } from 'node:http';
import type { StatusReply } from '../../boundary/status-reply.ts';
import type { VaultLink } from '../../boundary/vault-link.ts';
import { granted } from '../errors/front-errors.ts';
import type { Metrics } from './metrics.ts';
import { shareWork } from './share-work.ts';

/** Bounds a monitoring system that reads more often than it is answered. */
const CONNECTIONS_MAX = 16;
/** How long a connection may stay open. */
const CONNECTION_MS_MAX = 5_000;

/**
 * Serves `GET /metrics` and nothing else, over plain HTTP without secrets: listen where only
 * monitoring can connect.
 */
export async function serveMetrics(
  host: string,
  port: number,
  metrics: Metrics,
  link: VaultLink,
): Promise<{ readonly port: number; stop(): void }> {
  const text = shareWork(async () => metrics.text(await statusOf(link)));
  const server = createServer((request, response) => {
    // One answer per connection: what follows the first request is not read.
    response.shouldKeepAlive = false;
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end();
    void text().then((body) => response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(body));
  });
  server.maxConnections = CONNECTIONS_MAX;
  server.maxRequestsPerSocket = 1;
  server.on('connection', (socket) => {
    const timer = setTimeout(() => socket.destroy(), CONNECTION_MS_MAX);
    socket.once('close', () => clearTimeout(timer));
  });
  await listening(server, host, port);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function statusOf(link: VaultLink): Promise<StatusReply | undefined> {
  try {
    return granted<'status'>(await link.send({ kind: 'status' }));
  } catch {
    return undefined;
  }
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}
