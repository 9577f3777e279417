import type { Http2SecureServer, ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { HANDSHAKES_AN_ADDRESS_MAX, HANDSHAKES_MAX } from '../../boundary/limits.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics, RefusedHandshake } from '../telemetry/metrics.ts';
import { RareLines } from './rare-lines.ts';

/** A client sends at once after its handshake: HTTP/2 begins with its settings (RFC 9113, 3.4). */
const SILENT_MS_MAX = 5_000;

const REASON_OF: Readonly<Record<string, RefusedHandshake>> = {
  ECONNRESET: 'certificate',
  ERR_TLS_HANDSHAKE_TIMEOUT: 'timeout',
  ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE: 'no-certificate',
};

/** OpenSSL's codes for a certificate that another authority signed, or that is not valid. */
const OF_A_CERTIFICATE = /CERT|SIGNATURE|VERIFY/;

/**
 * Bounds connections whose handshake has not ended, by address and in total, and each in time.
 * Every one that fails is counted, and some are logged.
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
    const leftOut = lines.take(performance.now());
    if (leftOut !== undefined) logger.warn({ reason, address, error, left_out: leftOut }, 'a connection was refused');
  };
  server.prependListener('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    if (!open.begin(socket)) {
      refused('too-many', address);
      socket.destroy();
      return;
    }
    // The runtime does not report a certificate that it does not trust: the connection just closes.
    socket.once('close', () => open.end(keyOf(socket)) && refused('certificate', address));
  });
  server.prependListener('secureConnection', (socket: Socket) => void open.end(keyOf(socket)));
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // A handshake whose connection closed before is counted already.
    if (!open.end(keyOf(underneath(socket)))) return;
    const { code = '' } = error;
    refused(REASON_OF[code] ?? (OF_A_CERTIFICATE.test(code) ? 'certificate' : 'protocol'), addressOf(socket), code);
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

/** Handshakes in progress, by their origin. */
class OpenHandshakes {
  /** Sockets by address and port, the oldest first. */
  readonly #ofOrigin = new Map<string, Map<string, Socket>>();
  readonly #origins = new Map<string, string>();

  /**
   * Returns false when its origin has too many. There is always room in total: the oldest handshake
   * of the origin with the most is dropped.
   */
  begin(socket: Socket): boolean {
    const key = keyOf(socket);
    const origin = originOf(socket.remoteAddress ?? '');
    if ((this.#ofOrigin.get(origin)?.size ?? 0) >= HANDSHAKES_AN_ADDRESS_MAX) return false;
    if (this.#origins.size >= HANDSHAKES_MAX) this.#dropOldest();
    const own = this.#ofOrigin.get(origin) ?? new Map<string, Socket>();
    own.set(key, socket);
    this.#ofOrigin.set(origin, own);
    this.#origins.set(key, origin);
    return true;
  }

  /** Returns true the first time. */
  end(key: string): boolean {
    const origin = this.#origins.get(key);
    if (origin === undefined) return false;
    this.#origins.delete(key);
    const own = this.#ofOrigin.get(origin);
    own?.delete(key);
    if (own?.size === 0) this.#ofOrigin.delete(origin);
    return true;
  }

  #dropOldest(): void {
    const [most] = [...this.#ofOrigin.values()].toSorted((a, b) => b.size - a.size);
    const [[key, oldest] = []] = most ?? [];
    if (key === undefined || oldest === undefined) return;
    oldest.destroy();
    this.end(key);
  }
}

/**
 * Returns the address; for IPv6 its network, in which one host has as many addresses as it likes
 * (RFC 4291, 2.5.4).
 */
export function originOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const groups = head.split(':').filter((group) => group !== '');
  const behind = tail === undefined ? [] : tail.split(':').filter((group) => group !== '');
  const zeros = tail === undefined ? 0 : 8 - groups.length - behind.length;
  return [...groups, ...Array.from({ length: zeros }, () => '0'), ...behind].slice(0, 4).join(':');
}

/**
 * Returns the TCP socket under a TLS socket. Its address is known by then, even when the TLS socket
 * has none any more.
 */
function underneath(socket: Socket): Socket {
  const { _parent } = socket as { readonly _parent?: Socket | null };
  return _parent ?? socket;
}

const KEYS = new WeakMap<Socket, string>();

function addressOf(socket: Socket): string {
  return keyOf(underneath(socket)).split(' ')[0] ?? '';
}

/** Remembers the address: a closed socket has none any more. */
function keyOf(socket: Socket): string {
  const { remoteAddress, remotePort } = socket;
  if (remoteAddress !== undefined) KEYS.set(socket, `${remoteAddress} ${remotePort}`);
  return KEYS.get(socket) ?? '';
}
