// Reads the front's certificates in <data-dir>/pki. Everything there may change while the daemon
// runs.
import 'reflect-metadata';
import { createPrivateKey, hash, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PemConverter, X509Certificate as X509, X509Crl } from '@peculiar/x509';
import { revokedKey, serialOf } from './caller-certificate.ts';
import type { DenyList } from './denied-certificates.ts';
import type { ServerParty } from './server-credentials.ts';

const DENY_LIST = 'denied.txt';
const CRL_SUFFIX = '.crl';
/** Bytes of all files together: a revocation list of a bank's own callers has some kilobytes. */
const BYTES_MAX = 16_777_216;

/** Something that expires. */
export interface Expiring {
  /** Its name in the log: a file, or an authority's name. */
  readonly name: string;
  readonly notAfterMs: number;
}

/** The contents of a revocation list. */
interface Revoked {
  readonly keys: readonly string[];
  readonly expiring: readonly Expiring[];
}

export interface PkiFiles {
  /**
   * State of the files before they were read: a change during reading is seen by the next check.
   */
  readonly mark: string;
  readonly party: ServerParty;
  /** Fingerprints of the trusted authorities. */
  readonly authorities: ReadonlySet<string>;
  /** By file. */
  readonly lists: ReadonlyMap<string, Revoked>;
  readonly denied: DenyList;
  readonly expiring: readonly Expiring[];
  /** Lists that cannot be used, and why. Their former contents stay in effect. */
  readonly problems: readonly string[];
}

/** Returns `issuer serial` of every certificate that a list revokes. */
export function revokedBy({ lists }: PkiFiles): ReadonlySet<string> {
  return new Set([...lists.values()].flatMap(({ keys }) => keys));
}

/** Returns a text that changes when any of the files does. */
export function pkiMark(dir: string): string {
  const marks = names(dir).map((name) => {
    const { mtimeMs, size, ino } = statSync(join(dir, name));
    return `${name} ${mtimeMs} ${size} ${ino}`;
  });
  return marks.join('\n');
}

function names(dir: string): string[] {
  const known = ['ca.crt', 'server.crt', 'server.key', DENY_LIST];
  return readdirSync(dir)
    .filter((name) => known.includes(name) || name.endsWith(CRL_SUFFIX))
    .toSorted();
}

/**
 * @param former the files as they were read before. A list that has become unreadable keeps its
 * former contents. At the start there are none, and such a list is an error: it may have named any
 * caller
 * @throws Error that names the file and what is wrong with it
 */
export async function readPkiFiles(dir: string, former?: PkiFiles): Promise<PkiFiles> {
  const mark = pkiMark(dir);
  const read = (name: string) => readFileSync(join(dir, name));
  const given = { ca: read('ca.crt'), certificate: read('server.crt'), key: read('server.key') };
  const all = names(dir);
  if (all.reduce((sum, name) => sum + statSync(join(dir, name)).size, 0) > BYTES_MAX)
    throw new Error(`the files in ${dir} have more than ${BYTES_MAX} bytes together`);
  const authorities = readCertificates(given.ca, join(dir, 'ca.crt'));
  const chain = readCertificates(given.certificate, join(dir, 'server.crt'));
  // Passes on only what was parsed here. OpenSSL reads files differently, and trusts no certificate
  // where a line end is missing.
  const party = { ca: pemOf(authorities), certificate: pemOf(chain), key: given.key };
  const server = readServer(party, dir);
  const problems: string[] = [];
  const orFormer = async <T>(work: () => T | Promise<T>, before: T | undefined): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (before === undefined) throw error;
      problems.push(error instanceof Error ? error.message : String(error));
      return before;
    }
  };
  const lists = new Map<string, Revoked>();
  for (const name of all.filter((one) => one.endsWith(CRL_SUFFIX))) {
    const path = join(dir, name);
    const before = former && (former.lists.get(name) ?? NOTHING_REVOKED);
    lists.set(name, await orFormer(() => readRevoked(read(name), path, authorities), before));
  }
  const readDenied = () => readDenyList(read(DENY_LIST).toString(), join(dir, DENY_LIST));
  return {
    mark,
    party,
    authorities: new Set(authorities.map(({ rawData }) => hash('sha256', Buffer.from(rawData), 'hex'))),
    lists,
    denied: all.includes(DENY_LIST) ? await orFormer(readDenied, former?.denied) : NOBODY,
    expiring: [
      { name: 'server.crt', notAfterMs: Date.parse(server.validTo) },
      ...authorities.map(({ subject, notAfter }) => ({
        name: `authority ${subject}`,
        notAfterMs: notAfter.getTime(),
      })),
      ...[...lists.values()].flatMap(({ expiring }) => expiring),
    ],
    problems,
  };
}

const NOTHING_REVOKED: Revoked = { keys: [], expiring: [] };
const NOBODY: DenyList = { serials: new Set(), names: new Set() };

function pemOf(certificates: readonly X509[]): Buffer {
  return Buffer.from(certificates.map((one) => `${one.toString('pem')}\n`).join(''));
}

function readCertificates(pem: Buffer, path: string): X509[] {
  try {
    const found = PemConverter.decode(pem.toString()).map((der) => new X509(der));
    if (found.length > 0) return found;
  } catch {
    // Reported below.
  }
  throw new Error(`${path} holds no certificate (PEM)`);
}

function readServer({ certificate, key }: ServerParty, dir: string): X509Certificate {
  const server = orElse(
    () => new X509Certificate(certificate),
    `${join(dir, 'server.crt')} is not a certificate (PEM)`,
  );
  const path = join(dir, 'server.key');
  const own = orElse(() => createPrivateKey(key), `${path} is not a private key (PEM, without a passphrase)`);
  if (!server.checkPrivateKey(own)) throw new Error(`${path} is not the key of ${join(dir, 'server.crt')}`);
  return server;
}

/** RFC 5280, 5: a list counts if a trusted authority signed it. An expired list still counts. */
async function readRevoked(bytes: Buffer, path: string, authorities: readonly X509[]): Promise<Revoked> {
  const list = orElse(
    () => new X509Crl(isPem(bytes) ? bytes.toString() : Uint8Array.from(bytes)),
    `${path} is not a certificate revocation list (PEM or DER)`,
  );
  const issuers = authorities.filter(({ subject }) => subject === list.issuer);
  // The authority was removed from ca.crt, so its certificates are not accepted anyway.
  if (issuers.length === 0) return NOTHING_REVOKED;
  const signed = await Promise.all(issuers.map((issuer) => list.verify({ publicKey: issuer })));
  if (!signed.some(Boolean)) throw new Error(`${path} is not signed by an authority in ca.crt`);
  const { nextUpdate } = list;
  return {
    keys: list.entries.map(({ serialNumber }) => revokedKey(list.issuer, serialOf(serialNumber))),
    expiring: nextUpdate === undefined ? [] : [{ name: basename(path), notAfterMs: nextUpdate.getTime() }],
  };
}

/**
 * Reads one entry per line: `serial 0A1B2C` or `name internet-bank`; text after # is a comment.
 * @throws Error that names the line
 */
function readDenyList(text: string, path: string): DenyList {
  const [serials, names] = [new Set<string>(), new Set<string>()];
  text.split('\n').forEach((whole, i) => {
    const line = whole.replace(/#.*/, '').trim();
    const [, what = '', value = ''] = /^(serial|name)(?:\s+|=)(\S.*)$/.exec(line) ?? [];
    if (line === '') return;
    if (what === 'name') names.add(value);
    else if (what === 'serial' && /^[0-9a-fA-F: ]+$/.test(value)) serials.add(serialOf(value));
    else throw new Error(`${path}:${i + 1}: a line is "serial <hexadecimal digits>" or "name <common name>"`);
  });
  return { serials, names };
}

function isPem(bytes: Buffer): boolean {
  return bytes.includes('-----BEGIN');
}

function orElse<T>(work: () => T, message: string): T {
  try {
    return work();
  } catch {
    throw new Error(message);
  }
}
