import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { type ConnectionOptions, connect } from 'node:tls';
import { type Connection, openConnection } from './connection.ts';

const TRY_MS_MAX = 3_000;

/** What a handshake says when it is the certificates that are wrong, in words for the person who must renew one. */
const WHY: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "the daemon's own certificate (server.crt) has expired: renew it",
  CERT_NOT_YET_VALID: "the daemon's own certificate (server.crt) is not valid yet: is a clock wrong?",
  ERR_TLS_CERT_ALTNAME_INVALID: "the daemon's certificate is for another name than the one it was called by",
  CERT_SIGNATURE_FAILURE: 'the daemon is of another authority than the one in ca.crt',
  SELF_SIGNED_CERT_IN_CHAIN: 'the daemon is of another authority than the one in ca.crt',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the daemon is of another authority than the one in ca.crt',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the daemon is of another authority than the one in ca.crt',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: 'the daemon says that this certificate has expired',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'the daemon knows no authority that signed this certificate',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'the daemon speaks a newer TLS version',
};

/**
 * Why a daemon that cannot be reached has nothing against the network, but against a certificate: gRPC says only that there
 * is no connection. Undefined when it is something else.
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
    // An address is checked as an address: it is never sent as a name.
    ...(isIP(serverName) === 0 && { servername: serverName }),
    ca: party.ca,
    cert: party.certificate,
    key: party.key,
    ALPNProtocols: ['h2'],
  });
  return code === undefined ? undefined : WHY[code];
}

/** The code of what ended a handshake; undefined when nothing did. With TLS 1.3 a server refuses after it. */
function handshakeError(options: ConnectionOptions): Promise<string | undefined> {
  return new Promise((settle) => {
    const socket = connect(options);
    socket.setTimeout(TRY_MS_MAX, () => socket.destroy());
    socket.on('error', (error: NodeJS.ErrnoException) => settle(error.code));
    socket.once('data', () => socket.destroy());
    socket.once('close', () => settle(undefined));
  });
}
