import { createServer, type Server } from 'node:http';
import type { StatusReply } from '../../boundary/commands.ts';
import type { VaultLink } from '../../boundary/vault-link.ts';
import { granted } from '../rpc/vault-fault.ts';
import type { Metrics } from './metrics.ts';

/** A monitoring system that reads more often than it is answered must not pile up. */
const CONNECTIONS_MAX = 16;

/** `GET /metrics`, and nothing else. Plain HTTP without a secret in it: listen where only monitoring comes from. */
export async function serveMetrics(
  host: string,
  port: number,
  metrics: Metrics,
  link: VaultLink,
): Promise<{ readonly port: number; stop(): void }> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end();
    void statusOf(link)
      .then((status) => metrics.text(status))
      .then((text) => response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(text));
  });
  server.maxConnections = CONNECTIONS_MAX;
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
