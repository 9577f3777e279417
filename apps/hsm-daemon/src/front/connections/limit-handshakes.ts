import type { Http2SecureServer, ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { HANDSHAKES_AN_ADDRESS_MAX, HANDSHAKES_MAX } from '../../boundary/limits.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { RareLines } from './rare-lines.ts';

/** After its handshake a client speaks at once: HTTP/2 begins with its settings (RFC 9113, 3.4). */
const SILENT_MS_MAX = 5_000;

export const REFUSED_HANDSHAKES = [
  'too-many',
  'timeout',
  'no-certificate',
  'certificate',
  'protocol',
  'silent',
] as const;
/** Why a connection came to nothing: `certificate` is one that is not believed, or a caller who went away in the handshake. */
export type RefusedHandshake = (typeof REFUSED_HANDSHAKES)[number];

const REASON_OF: Readonly<Record<string, RefusedHandshake>> = {
  ERR_TLS_HANDSHAKE_TIMEOUT: 'timeout',
  ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE: 'no-certificate',
};

/**
 * Strangers: connections whose handshake has not ended are bounded by address and in all, and each by time. Every one that
 * comes to nothing is counted, and some are in the log.
 */
export function limitHandshakes(
  server: Http2SecureServer,
  logger: Logger,
  metrics: Pick<Metrics, 'handshakeRefused'>,
): void {
  const open = new OpenHandshakes();
  const lines = new RareLines();
  const refused = (reason: RefusedHandshake, address: string, error?: string) => {
    metrics.handshakeRefused(reason);
    const left_out = lines.take(performance.now());
    if (left_out !== undefined) logger.warn({ reason, address, error, left_out }, 'a connection was refused');
  };
  server.prependListener('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    if (!open.begin(socket)) {
      refused('too-many', address);
      socket.destroy();
      return;
    }
    // The runtime says nothing of a certificate that it does not believe: the connection is only gone.
    socket.once('close', () => open.end(keyOf(socket)) && refused('certificate', address));
  });
  server.prependListener('secureConnection', (socket: Socket) => void open.end(keyOf(socket)));
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    open.end(keyOf(socket));
    const { code = '' } = error;
    refused(REASON_OF[code] ?? 'protocol', socket.remoteAddress ?? '', code);
  });
  server.on('session', (session: ServerHttp2Session) => {
    const silent = () => {
      refused('silent', session.socket.remoteAddress ?? '');
      session.destroy();
    };
    const timer = setTimeout(silent, SILENT_MS_MAX).unref();
    session.once('remoteSettings', () => clearTimeout(timer));
    session.once('close', () => clearTimeout(timer));
  });
}

/** Handshakes under way. */
class OpenHandshakes {
  /** Address, by address and port. */
  readonly #addresses = new Map<string, string>();
  readonly #of_address = new Map<string, number>();

  /** False when there are too many. */
  begin(socket: Socket): boolean {
    const { remoteAddress: address = '' } = socket;
    const own = this.#of_address.get(address) ?? 0;
    if (own >= HANDSHAKES_AN_ADDRESS_MAX || this.#addresses.size >= HANDSHAKES_MAX) return false;
    this.#addresses.set(keyOf(socket), address);
    this.#of_address.set(address, own + 1);
    return true;
  }

  /** True the first time. */
  end(key: string): boolean {
    const address = this.#addresses.get(key);
    if (address === undefined) return false;
    this.#addresses.delete(key);
    const left = (this.#of_address.get(address) ?? 1) - 1;
    if (left > 0) this.#of_address.set(address, left);
    else this.#of_address.delete(address);
    return true;
  }
}

const KEYS = new WeakMap<Socket, string>();

/** A socket that is closed has no address any more. */
function keyOf(socket: Socket): string {
  const { remoteAddress, remotePort } = socket;
  if (remoteAddress !== undefined) KEYS.set(socket, `${remoteAddress} ${remotePort}`);
  return KEYS.get(socket) ?? '';
}
