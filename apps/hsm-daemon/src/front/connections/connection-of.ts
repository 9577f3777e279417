import type { Http2Session } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { AuthContext } from '@grpc/grpc-js/build/src/auth-context.js';

/** A unary call or a stream. */
export interface AnyCall {
  /** Set for a call of the fast path. */
  readonly connection?: object | undefined;
  /** True once the caller has gone. */
  readonly cancelled: boolean;
  getAuthContext(): AuthContext;
}

/**
 * Returns the connection of a call, as a key to cache by; undefined where the library does not show
 * it.
 *
 * grpc-js parses the certificate anew for each call and has no name for the connection. Address and
 * port may be those of the next connection, and the certificate is a new object each time. The
 * HTTP/2 session lives as long as the handshake that presented the certificate. It is read only
 * here. If a later grpc-js keeps it elsewhere, nothing is cached, and each call reads its
 * certificate again.
 */
export function connectionOf(call: AnyCall): object | undefined {
  if (call.connection !== undefined) return call.connection;
  const { stream } = (call as unknown as { call?: { stream?: { session?: unknown } } }).call ?? {};
  const session = stream?.session;
  return typeof session === 'object' && session !== null ? session : undefined;
}

/**
 * Returns the client certificate of a stream's connection, in the form that the library has for a
 * call.
 */
export function authContextOf(session: Http2Session | undefined): ReturnType<AnyCall['getAuthContext']> {
  const socket = session?.socket as TLSSocket | undefined;
  const certificate = socket?.authorized === true ? socket.getPeerCertificate() : undefined;
  return certificate?.raw === undefined ? {} : { transportSecurityType: 'ssl', sslPeerCertificate: certificate };
}
