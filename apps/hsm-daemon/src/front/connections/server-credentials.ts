import { constants } from 'node:crypto';
import type { SecureContextOptions } from 'node:tls';
import { ServerCredentials } from '@grpc/grpc-js';

/** The server's certificate and key, and the authorities it trusts: PEM. */
export interface ServerParty {
  readonly ca: Buffer;
  readonly certificate: Buffer;
  readonly key: Buffer;
}

export type TlsVersion = '1.3' | '1.2';

/** A handshake that takes longer never finishes: its client is gone, or hostile. */
const HANDSHAKE_MS_MAX = 5_000;
/**
 * Streams of one connection that its caller may reset, at once and per second. Every caller that
 * stops waiting resets one, and nghttp2's own limits (1,000 and 33) would end the connection of an
 * honest caller with all calls in flight on it. A caller that resets streams faster than calls can
 * be made is stopped (CVE-2023-44487). Both numbers must be set, or neither counts.
 */
const RESETS_AT_ONCE_MAX = 100_000;
const RESETS_A_SECOND_MAX = 10_000;
/** TLS 1.2 only with forward secrecy and authenticated encryption (RFC 9325, 4.2). */
const TLS_1_2_SUITES = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
];
const TLS_1_3_SUITES = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'];

/**
 * Mutual TLS: no connection without a certificate of the bank's authority. The server's own
 * certificate can be replaced while it runs.
 */
export class ReloadableCredentials extends ServerCredentials {
  readonly #tls: TlsVersion;

  constructor(party: ServerParty, tls: TlsVersion) {
    const connection = {
      requestCert: true,
      rejectUnauthorized: true,
      handshakeTimeout: HANDSHAKE_MS_MAX,
      streamResetBurst: RESETS_AT_ONCE_MAX,
      streamResetRate: RESETS_A_SECOND_MAX,
    };
    super(connection, contextOf(party, tls));
    this.#tls = tls;
  }

  /**
   * Presents `party` in all handshakes from now on.
   * @throws Error for a key that is not the certificate's
   */
  show(party: ServerParty): void {
    this.updateSecureContextOptions(contextOf(party, this.#tls));
  }

  _equals(other: ServerCredentials): boolean {
    return other === this;
  }
}

function contextOf({ ca, certificate, key }: ServerParty, tls: TlsVersion): SecureContextOptions {
  return {
    ca,
    cert: certificate,
    key,
    minVersion: tls === '1.3' ? 'TLSv1.3' : 'TLSv1.2',
    ciphers: [...TLS_1_3_SUITES, ...TLS_1_2_SUITES].join(':'),
    honorCipherOrder: true,
    // A resumed session presents no certificate, so a revoked caller could reconnect with its
    // ticket.
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
}
