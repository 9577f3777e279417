import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { type ConnectionOptions, connect } from 'node:tls';
import { type Connection, openConnection } from './connection.ts';

const TRY_MS_MAX = 3_000;

/** Handshake errors caused by certificates, in words for the person who must renew one. */
const WHY: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "the daemon's own certificate (server.crt) has expired: renew it",
  CERT_NOT_YET_VALID: "the daemon's own certificate (server.crt) is not valid yet: is a clock wrong?",
  ERR_TLS_CERT_ALTNAME_INVALID: "the daemon's certificate is for another name than the one it was called by",
  CERT_SIGNATURE_FAILURE: "the daemon's certificate is from another authority than the one in ca.crt",
  SELF_SIGNED_CERT_IN_CHAIN: "the daemon's certificate is from another authority than the one in ca.crt",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the daemon's certificate is from another authority than the one in ca.crt",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the daemon's certificate is from another authority than the one in ca.crt",
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: 'the daemon reports that this certificate has expired',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'the daemon does not trust the authority that signed this certificate',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'the daemon speaks a newer TLS version',
};

/**
 * Returns the certificate problem behind a failed connection, for which gRPC reports only that
 * there is no connection. Returns undefined for any other cause.
 */
export async function certificateProblem(connection: Connection): Promise<string | undefined> {
  const { caller, host, port } = connection;
  const { party, serverName } = openConnection(connection);
  const own = new X509Certificate(party.certificate);
  const notAfterMs = Date.parse(own.validTo);
  if (notAfterMs < Date.now())
    return `the certificate ${caller}.crt expired on ${new Date(notAfterMs).toISOString()}: renew it`;
  const code = await handshakeError({
    host,
    port,
    // An IP address is checked as an address, and never sent as a server name.
    ...(isIP(serverName) === 0 && { servername: serverName }),
    ca: party.ca,
    cert: party.certificate,
    key: party.key,
    ALPNProtocols: ['h2'],
  });
  return code === undefined ? undefined : WHY[code];
}

/** Returns a handshake's error code, or undefined. A TLS 1.3 server rejects only after it. */
function handshakeError(options: ConnectionOptions): Promise<string | undefined> {
  return new Promise((settle) => {
    const socket = connect(options);
    socket.setTimeout(TRY_MS_MAX, () => socket.destroy());
    socket.on('error', (error: NodeJS.ErrnoException) => settle(error.code));
    socket.once('data', () => socket.destroy());
    socket.once('close', () => settle(undefined));
  });
}
