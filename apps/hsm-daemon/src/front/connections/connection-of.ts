import type { Http2Session } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { AuthContext } from '@grpc/grpc-js/build/src/auth-context.js';

/** A unary call or a stream. */
export interface AnyCall {
  /** Of a call that came the fast path. */
  readonly connection?: object | undefined;
  /** True once the caller has gone. */
  readonly cancelled: boolean;
  getAuthContext(): AuthContext;
}

/**
 * The connection that a call came over, as a key to remember by; undefined where the library does not show it.
 *
 * grpc-js gives the certificate of each call, parsed anew each time, and no name for the connection: neither address
 * and port (the next connection may have them) nor the certificate (a new object a call). The HTTP/2 session is what
 * lives and dies with the handshake that showed the certificate, and it is read here and nowhere else. When a later
 * grpc-js has it elsewhere, nothing is remembered, and each call reads its certificate again.
 */
export function connectionOf(call: AnyCall): object | undefined {
  if (call.connection !== undefined) return call.connection;
  const { stream } = (call as unknown as { call?: { stream?: { session?: unknown } } }).call ?? {};
  const session = stream?.session;
  return typeof session === 'object' && session !== null ? session : undefined;
}

/** The client certificate of a stream's connection, as the library tells it of a call. */
export function authContextOf(session: Http2Session | undefined): ReturnType<AnyCall['getAuthContext']> {
  const socket = session?.socket as TLSSocket | undefined;
  const certificate = socket?.authorized === true ? socket.getPeerCertificate() : undefined;
  return certificate?.raw === undefined ? {} : { transportSecurityType: 'ssl', sslPeerCertificate: certificate };
}
