// Sends calls as raw bytes on HTTP/2, in forms that no client library sends.
import { once } from 'node:events';
import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionOptions } from 'node:tls';
import { partyIn, readParty } from '../../libs/client/src/party.ts';
import type { Lab } from './lab.ts';

/** A gRPC content type that only grpc-js handles, not the fast path. */
export const LONG_WAY: Readonly<Record<string, string>> = { 'content-type': 'application/grpc+long' };

export interface Answer {
  readonly status: unknown;
  readonly details: unknown;
  /** google.rpc.Status as received. */
  readonly binary: unknown;
  readonly body: Buffer;
  readonly http: unknown;
  /** Whether grpc-js answered: only grpc-js lists the compressions it accepts. */
  readonly isLong: boolean;
}

/** Returns options for a TLS connection to the lab with a caller's certificate. */
export function tlsOptions(lab: Lab, caller: string): ConnectionOptions {
  const { ca, certificate: cert, key } = readParty(partyIn(lab.dataDir, caller));
  const where = { port: lab.daemon.port, host: '127.0.0.1', servername: 'localhost' };
  return { ...where, ca, cert, key, ALPNProtocols: ['h2'] };
}

/** Connects with a caller's certificate. The test must destroy the session. */
export function connectAs(lab: Lab, caller: string): ClientHttp2Session {
  const { ca, certificate: cert, key } = readParty(partyIn(lab.dataDir, caller));
  return connect(`https://localhost:${lab.daemon.port}`, { ca, cert, key });
}

/** Sends each part in a frame of its own, and collects the response until the stream closes. */
export async function send(
  session: ClientHttp2Session,
  path: string,
  parts: readonly Buffer[],
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const plain = { 'content-type': 'application/grpc', te: 'trailers' };
  const stream = session.request({ ':method': 'POST', ':path': path, ...plain, ...headers });
  let seen: IncomingHttpHeaders = {};
  const body: Buffer[] = [];
  stream.on('response', (one) => (seen = { ...seen, ...one }));
  stream.on('trailers', (one) => (seen = { ...seen, ...one }));
  stream.on('data', (chunk: Buffer) => body.push(chunk));
  // A server that has answered may reset the stream while the request is still being sent.
  stream.on('error', () => {});
  const closed = once(stream, 'close');
  for (const part of parts) {
    stream.write(part);
    if (parts.length > 1) await sleep(5);
  }
  stream.end();
  await closed;
  return {
    status: Number(seen['grpc-status'] ?? Number.NaN),
    details: seen['grpc-message'],
    binary: seen['grpc-status-details-bin'],
    body: Buffer.concat(body),
    http: seen[':status'],
    isLong: 'grpc-accept-encoding' in seen,
  };
}
