import type { Http2SecureServer, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import {
  CONNECTIONS_A_CALLER_MAX,
  CONNECTIONS_MAX,
  LARGE_ANSWERS_A_CALLER_MAX,
  LARGE_ANSWERS_MAX,
} from '../../boundary/limits.ts';
import type { Logger } from '../telemetry/logger.ts';
import { type CallerCertificate, certificateOf } from './caller-certificate.ts';
import { authContextOf } from './connection-of.ts';
import type { DeniedCertificates } from './denied-certificates.ts';
import { RareLines } from './rare-lines.ts';

/** Time for calls in flight on a connection that is to close. */
const CLOSE_MS_MAX = 2_000;

/** The same for a caller that is denied: a refusal has time, a stream ends within a second. */
const CLOSE_DENIED_MS_MAX = 250;

interface OpenConnection {
  /** Common name of the certificate. */
  readonly name: string;
  readonly certificate: CallerCertificate;
}

/**
 * Connections whose handshake is done: who owns each, how many each caller has, and which must be
 * closed.
 */
export class OpenConnections {
  readonly #open = new Map<ServerHttp2Session, OpenConnection>();
  readonly #ofName = new Map<string, number>();
  readonly #large = new Map<string, number>();
  #largeInAll = 0;
  readonly #denied: DeniedCertificates;
  readonly #logger: Logger;
  readonly #lines = new RareLines();
  /** Called for each caller that connects, for the expiry watch. */
  onConnected: (name: string, certificate: CallerCertificate) => void = () => {};

  constructor(denied: DeniedCertificates, logger: Logger) {
    this.#denied = denied;
    this.#logger = logger;
  }

  watch(server: Http2SecureServer): void {
    server.on('session', (session: ServerHttp2Session) => this.#add(session));
  }

  get size(): number {
    return this.#open.size;
  }

  /** Returns the caller that owns a connection; empty if it is not known. */
  nameOf(session: object | undefined): string {
    return this.#open.get(session as ServerHttp2Session)?.name ?? '';
  }

  /**
   * Takes room for a large answer until its stream is closed; false when too many are unread, of
   * the caller or of all.
   */
  takeLargeAnswer(stream: ServerHttp2Stream): boolean {
    const name = this.nameOf(stream.session);
    const own = this.#large.get(name) ?? 0;
    if (own >= LARGE_ANSWERS_A_CALLER_MAX || this.#largeInAll >= LARGE_ANSWERS_MAX) return false;
    this.#large.set(name, own + 1);
    this.#largeInAll += 1;
    stream.once('close', () => {
      this.#largeInAll -= 1;
      addTo(this.#large, name, -1);
    });
    return true;
  }

  /**
   * Closes connections whose certificate is not accepted any more. Calls in flight are answered:
   * each asked whether its caller is denied when it came, and the vault asks again.
   */
  closeDenied(): void {
    for (const [session, { name, certificate }] of this.#open) {
      const denial = session.closed ? undefined : this.#denied.why(name, certificate);
      if (denial === undefined) continue;
      this.#logger.warn(
        { caller: name, reason: denial.reason },
        'a connection was closed: its certificate is no longer accepted',
      );
      close(session, CLOSE_DENIED_MS_MAX);
    }
  }

  /**
   * Closes all connections after an authority was removed, so that each caller reconnects. Calls in
   * flight are answered. A stream that continues is ended with its connection, since it may be of
   * that authority.
   */
  closeAll(): void {
    for (const session of this.#open.keys()) close(session, CLOSE_MS_MAX);
  }

  #add(session: ServerHttp2Session): void {
    const peer = authContextOf(session).sslPeerCertificate;
    if (peer === undefined) return session.destroy();
    const { CN } = peer.subject;
    const name = typeof CN === 'string' ? CN : '';
    const certificate = certificateOf(peer);
    const own = this.#ofName.get(name) ?? 0;
    if (own >= CONNECTIONS_A_CALLER_MAX || this.#open.size >= CONNECTIONS_MAX) return this.#refuse(session, name);
    this.#open.set(session, { name, certificate });
    addTo(this.#ofName, name, 1);
    session.once('close', () => {
      this.#open.delete(session);
      addTo(this.#ofName, name, -1);
    });
    this.onConnected(name, certificate);
  }

  #refuse(session: ServerHttp2Session, caller: string): void {
    const leftOut = this.#lines.take(performance.now());
    if (leftOut !== undefined)
      this.#logger.warn({ caller, left_out: leftOut }, 'a connection was refused: its caller has too many');
    session.destroy();
  }
}

function close(session: ServerHttp2Session, answerMsMax: number): void {
  session.close();
  setTimeout(() => session.destroy(), answerMsMax).unref();
}

function addTo(counts: Map<string, number>, name: string, more: number): void {
  const count = (counts.get(name) ?? 0) + more;
  if (count > 0) counts.set(name, count);
  else counts.delete(name);
}
