import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Subject of the authority that a daemon of the test realm creates at its first start. */
const TEST_AUTHORITY = 'CN=Ramz test realm authority';
/** The name in every daemon certificate of this authority, at any address. */
const TEST_SERVER_NAME = 'localhost';

/** A party's PEM files: the authorities it trusts, its own certificate and its key. */
export interface PartyFiles {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** The contents of these files. The key is the caller's secret: it goes only to the TLS library. */
export interface Party {
  readonly ca: Buffer;
  readonly certificate: Buffer;
  readonly key: Buffer;
}

/** Returns the paths in a data directory: `pki/ca.crt`, and `pki/<name>.crt` and `.key`. */
export function partyIn(dataDir: string, name: string): PartyFiles {
  const path = (file: string) => join(dataDir, 'pki', file);
  return { ca: path('ca.crt'), certificate: path(`${name}.crt`), key: path(`${name}.key`) };
}

/** @throws Error of the file system, with the path */
export function readParty({ ca, certificate, key }: PartyFiles): Party {
  return { ca: readFileSync(ca), certificate: readFileSync(certificate), key: readFileSync(key) };
}

/**
 * Returns the name that the daemon's certificate must carry: the host that is called, as in a
 * bank's own certificates. A daemon of the test realm has one name on every host; a caller expects
 * it only if it trusts no other authority.
 */
export function serverNameOf({ ca }: Party, host: string): string {
  const subjects = subjectsOf(ca);
  return subjects.length > 0 && subjects.every((subject) => subject === TEST_AUTHORITY) ? TEST_SERVER_NAME : host;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Returns every authority's subject; empty for an invalid one, which the handshake rejects. */
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
