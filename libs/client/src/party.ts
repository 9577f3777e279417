import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Subject of the authority that a daemon of the test realm makes at its first start. */
const TEST_AUTHORITY = 'CN=Ramz test realm authority';
/** The name that this authority gives every daemon, whatever its address. */
const TEST_SERVER_NAME = 'localhost';

/** PEM files of one party: the authorities it believes, its own certificate and the key of it. */
export interface PartyFiles {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** Their contents. The key is the caller's secret: it goes to the TLS library and nowhere else. */
export interface Party {
  readonly ca: Buffer;
  readonly certificate: Buffer;
  readonly key: Buffer;
}

/** Where a data directory has them: `pki/ca.crt`, and `pki/<name>.crt` and `.key`. */
export function partyIn(dataDir: string, name: string): PartyFiles {
  const path = (file: string) => join(dataDir, 'pki', file);
  return { ca: path('ca.crt'), certificate: path(`${name}.crt`), key: path(`${name}.key`) };
}

/** @throws Error of the file system, with the path */
export function readParty({ ca, certificate, key }: PartyFiles): Party {
  return { ca: readFileSync(ca), certificate: readFileSync(certificate), key: readFileSync(key) };
}

/**
 * The name that the daemon's certificate must carry: the address that it is called by, as a bank's own certificates have it.
 * A laboratory's daemon has one name wherever it runs; only who believes its authority alone asks for that.
 */
export function serverNameOf({ ca }: Party, host: string): string {
  const subjects = subjectsOf(ca);
  return subjects.length > 0 && subjects.every((subject) => subject === TEST_AUTHORITY) ? TEST_SERVER_NAME : host;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Of every authority; an empty text for one that is no certificate, which the handshake then refuses. */
function subjectsOf(ca: Buffer): string[] {
  return [...ca.toString('latin1').matchAll(CERTIFICATE)].map(([pem]) => subjectOf(pem));
}

function subjectOf(pem: string): string {
  try {
    return new X509Certificate(pem).subject;
  } catch {
    return '';
  }
}
