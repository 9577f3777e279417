// The server name that a client expects: a lab's `localhost` only if the lab's authority is the
// only trusted one. With a bank's authority beside it, a server of that bank called `localhost`
// could impersonate every address.
import 'reflect-metadata';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509CertificateGenerator } from '@peculiar/x509';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureTestAuthority } from '../../apps/hsm-daemon/src/front/access/test-authority.ts';
import { openConnection } from '../../libs/client/src/connection.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const dataDir = mkdtempSync(join(tmpdir(), 'ramz-names-'));
let test = '';
let bank = '';

beforeAll(async () => {
  await ensureTestAuthority(dataDir);
  test = readFileSync(join(dataDir, 'pki', 'ca.crt'), 'utf8');
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  bank = (await X509CertificateGenerator.createSelfSigned({ name: 'CN=A bank', keys })).toString('pem');
});
afterAll(() => rmSync(dataDir, { recursive: true }));

function nameAskedOf(authorities: string): string {
  const ca = join(dataDir, 'authorities.crt');
  writeFileSync(ca, authorities);
  return openConnection({ host: '10.0.0.5', port: 1, caller: 'internet-bank', dataDir, files: { ca } }).serverName;
}

it('expects localhost of a lab, and the address of a bank', () => {
  expect(nameAskedOf(test)).toBe('localhost');
  expect(nameAskedOf(bank)).toBe('10.0.0.5');
});

it('expects the address when both authorities are in one file, in either order', () => {
  expect(nameAskedOf(`${test}\n${bank}`)).toBe('10.0.0.5');
  expect(nameAskedOf(`${bank}\n${test}`)).toBe('10.0.0.5');
});

it('expects the address when the file has no valid certificate', () => {
  for (const text of ['', 'nothing', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n']) {
    expect(nameAskedOf(text)).toBe('10.0.0.5');
    expect(nameAskedOf(`${test}\n${text}`)).toBe(text.includes('BEGIN') ? '10.0.0.5' : 'localhost');
  }
});
