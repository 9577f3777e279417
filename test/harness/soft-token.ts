// A PKCS #11 token for a test: the machine's SoftHSM2, in its own folder.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const MODULE = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
].find((path) => existsSync(path));

/** Returns what is missing for one and how to install it, or an empty string. */
export function missingSoftToken(): string {
  if (MODULE === undefined) return 'SoftHSM2 is missing: apt-get install softhsm2';
  try {
    createRequire(import.meta.url)('pkcs11js');
    return '';
  } catch {
    return 'the package pkcs11js was not compiled: install g++, make and python3, then npm ci';
  }
}

/** Makes a new token in the folder. Returns the path of its settings file. */
export function makeSoftToken(parent: string): string {
  const dir = join(parent, 'softhsm');
  mkdirSync(join(dir, 'tokens'), { recursive: true });
  const conf = join(dir, 'softhsm2.conf');
  writeFileSync(conf, `directories.tokendir = ${join(dir, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  const flags = ['--init-token', '--free', '--label', 'ramz', '--so-pin', '87654321', '--pin', '12345678'];
  const made = spawnSync('softhsm2-util', flags, { env: { ...process.env, SOFTHSM2_CONF: conf }, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  writeFileSync(join(dir, 'pin'), '12345678\n', { mode: 0o600 });
  const settings = join(dir, 'pkcs11.json');
  const environment = { SOFTHSM2_CONF: conf };
  writeFileSync(settings, JSON.stringify({ module: MODULE, token: 'ramz', pin_file: join(dir, 'pin'), environment }));
  return settings;
}

/**
 * Makes another token with the same label in the same folder. Returns the serial numbers of both.
 */
export function addSoftToken(parent: string): string[] {
  const env = { ...process.env, SOFTHSM2_CONF: join(parent, 'softhsm', 'softhsm2.conf') };
  const flags = ['--init-token', '--free', '--label', 'ramz', '--so-pin', '87654321', '--pin', '12345678'];
  const made = spawnSync('softhsm2-util', flags, { env, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  const { stdout } = spawnSync('softhsm2-util', ['--show-slots'], { env, encoding: 'utf8' });
  return [...stdout.matchAll(/Serial number:\s+(\S+)/g)].map(([, serial = '']) => serial);
}
