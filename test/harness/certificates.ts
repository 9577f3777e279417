// Acts as a bank's own authority with the lab authority's key: issues certificates that expire
// soon, and revocation lists.
import 'reflect-metadata';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
  X509CrlGenerator,
} from '@peculiar/x509';
import type { Lab } from './lab.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 24 * 3600 * 1000;

export interface Issued {
  readonly name: string;
  /** Alternative names behind `urn:ramz:test:`. */
  readonly names: readonly string[];
  readonly notAfterMs?: number;
  readonly usage?: ExtendedKeyUsage;
}

const pki = (lab: Lab, file: string) => join(lab.dataDir, 'pki', file);

/** Writes a file atomically: the daemon may read it at any moment. */
export function putPki(lab: Lab, file: string, text: string | Uint8Array): void {
  writeFileSync(pki(lab, `${file}.new`), text);
  renameSync(pki(lab, `${file}.new`), pki(lab, file));
}

async function authority(lab: Lab): Promise<{ readonly issuer: string; readonly key: CryptoKey }> {
  const [der] = PemConverter.decode(readFileSync(pki(lab, 'ca.key'), 'utf8'));
  const key = await crypto.subtle.importKey('pkcs8', der as ArrayBuffer, ALGORITHM, false, ['sign']);
  return { issuer: new X509Certificate(readFileSync(pki(lab, 'ca.crt'), 'utf8')).subject, key };
}

/**
 * Issues a caller's certificate into the lab's folder, for `lab.client(name)`. Returns its serial
 * number.
 */
export async function issue(lab: Lab, { name, names, notAfterMs, usage }: Issued): Promise<string> {
  const { issuer, key } = await authority(lab);
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const urls = names.map((value) => ({ type: 'url' as const, value: `urn:ramz:test:${value}` }));
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer,
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(notAfterMs ?? Date.now() + DAY_MS),
    signingAlgorithm: ALGORITHM,
    signingKey: key,
    publicKey: keys.publicKey,
    extensions: [
      new ExtendedKeyUsageExtension([usage ?? ExtendedKeyUsage.clientAuth]),
      new SubjectAlternativeNameExtension(urls),
    ],
  });
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  putPki(lab, `${name}.key`, PemConverter.encode(pkcs8, 'PRIVATE KEY'));
  putPki(lab, `${name}.crt`, certificate.toString('pem'));
  return certificate.serialNumber;
}

/** Returns a revocation list of the authority with these serial numbers. */
export async function revocationList(lab: Lab, serials: readonly string[], signedBy = lab): Promise<string> {
  const { issuer } = await authority(lab);
  const { key } = await authority(signedBy);
  const list = await X509CrlGenerator.create({
    issuer,
    thisUpdate: new Date(Date.now() - DAY_MS),
    nextUpdate: new Date(Date.now() + DAY_MS),
    entries: serials.map((serialNumber) => ({ serialNumber, revocationDate: new Date() })),
    signingAlgorithm: ALGORITHM,
    signingKey: key,
  });
  return list.toString('pem');
}

export function serialOfCaller(lab: Lab, name: string): string {
  return new X509Certificate(readFileSync(pki(lab, `${name}.crt`), 'utf8')).serialNumber;
}
