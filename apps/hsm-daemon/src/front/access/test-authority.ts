// X.509 (RFC 5280) certificates for the test realm, from an authority made at the first start. A
// bank's live realm has its own authority and never uses this one. The certificate library needs
// `reflect-metadata` to be loaded first.
import 'reflect-metadata';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { Channel } from '@ramz/audit-log';
import { certificateName, type Right } from './caller.ts';
import type { Role } from './roles.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 24 * 3600 * 1000;
const VALID_MS = 365 * DAY_MS;

interface TestCaller {
  readonly name: string;
  readonly role: Role;
  readonly channel?: Channel;
  readonly branch?: string;
  readonly rights?: readonly Right[];
}

/** The callers of a rehearsal. Each has a certificate in `<data>/pki/<name>.crt` and `.key`. */
const CALLERS: readonly TestCaller[] = [
  { name: 'internet-bank', role: 'channel', channel: 'internet-bank' },
  { name: 'mobile-bank', role: 'channel', channel: 'mobile-bank' },
  { name: 'pos', role: 'channel', channel: 'pos' },
  { name: 'atm', role: 'channel', channel: 'atm' },
  { name: 'telephone-bank', role: 'channel', channel: 'telephone-bank' },
  { name: 'fraud-desk', role: 'channel', channel: 'branch', rights: ['diagnose', 'resynchronise-back'] },
  { name: 'back-office', role: 'channel', channel: 'internet-bank', rights: ['diagnose', 'resynchronise-back'] },
  { name: 'branch-12', role: 'channel', channel: 'branch', branch: '12' },
  { name: 'branches', role: 'channel', channel: 'branch', rights: ['any-branch'] },
  { name: 'core', role: 'core' },
  { name: 'app-gateway', role: 'gateway' },
  { name: 'text-gateway', role: 'texts' },
  { name: 'enrolment-office', role: 'enrolment' },
  { name: 'operator', role: 'operator' },
  { name: 'custodian', role: 'custodian' },
  { name: 'auditor', role: 'auditor' },
];

/** Creates the authority and the certificates of the server and the callers, unless they exist. */
export async function ensureTestAuthority(dataDir: string): Promise<void> {
  await ensureAuthority(dataDir, 'test');
}

/**
 * Acts as a bank's own authority for `live`, in tests only. The daemon makes certificates for
 * `test` alone.
 */
export async function ensureAuthority(dataDir: string, realm: 'test' | 'live'): Promise<void> {
  const dir = join(dataDir, 'pki');
  // Written last: after an interrupted start everything is made again.
  if (existsSync(join(dir, 'ca.crt'))) return;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const authority = await makeAuthority(keys);
  const issuer = { name: authority.subject, key: keys.privateKey };
  const serverNames = [
    { type: 'dns' as const, value: 'localhost' },
    { type: 'ip' as const, value: '127.0.0.1' },
    { type: 'ip' as const, value: '::1' },
  ];
  await issue(dir, 'server', ExtendedKeyUsage.serverAuth, new SubjectAlternativeNameExtension(serverNames), issuer);
  for (const { name, role, channel, branch, rights = [] } of CALLERS) {
    const names = [certificateName(realm, 'role', role)];
    if (channel !== undefined) names.push(certificateName(realm, 'channel', channel));
    if (branch !== undefined) names.push(certificateName(realm, 'branch', branch));
    for (const right of rights) names.push(certificateName(realm, 'right', right));
    const urls = names.map((value) => ({ type: 'url' as const, value }));
    await issue(dir, name, ExtendedKeyUsage.clientAuth, new SubjectAlternativeNameExtension(urls), issuer);
  }
  await writePrivateKey(join(dir, 'ca.key'), keys.privateKey);
  writeFileSync(join(dir, 'ca.crt'), `${authority.toString('pem')}\n`, { mode: 0o600 });
}

interface Issuer {
  readonly name: string;
  readonly key: CryptoKey;
}

function validity(): { notBefore: Date; notAfter: Date } {
  const nowMs = Date.now();
  // A day back, since the clocks of a laboratory's machines differ.
  return { notBefore: new Date(nowMs - DAY_MS), notAfter: new Date(nowMs + VALID_MS) };
}

function makeAuthority(keys: CryptoKeyPair): Promise<X509Certificate> {
  return X509CertificateGenerator.createSelfSigned({
    name: 'CN=Ramz test realm authority',
    ...validity(),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
}

async function issue(dir: string, name: string, usage: ExtendedKeyUsage, names: Extension, issuer: Issuer) {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer: issuer.name,
    ...validity(),
    signingAlgorithm: ALGORITHM,
    signingKey: issuer.key,
    publicKey: keys.publicKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([usage]),
      names,
    ],
  });
  await writePrivateKey(join(dir, `${name}.key`), keys.privateKey);
  writeFileSync(join(dir, `${name}.crt`), `${certificate.toString('pem')}\n`, { mode: 0o600 });
}

async function writePrivateKey(path: string, key: CryptoKey): Promise<void> {
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', key);
  writeFileSync(path, `${PemConverter.encode(pkcs8, 'PRIVATE KEY')}\n`, { mode: 0o600 });
}
