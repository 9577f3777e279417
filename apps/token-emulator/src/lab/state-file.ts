// A laboratory in a file: `RAMZ-LAB`, a version, and the tokens sealed under a passphrase, since
// they hold seeds.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { openWithPassphrase, sealWithPassphrase } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import type { SavedDevice } from '../device/saved-device.ts';
import type { PersonalityName } from '../usb/personalities/personality-names.ts';
import type { RamzInterfaces } from '../usb/personalities/ramz/ramz-personality.ts';
import { LabRefused } from './lab-refused.ts';

const MAGIC = 'RAMZ-LAB';
const VERSION = 1;
const HEAD_BYTES = MAGIC.length + 1;
const CONTEXT = `ramz laboratory ${VERSION}`;
/** A thousand tokens are some megabytes. */
const FILE_BYTES_MAX = 268_435_456;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

export interface SavedToken {
  readonly name: string;
  /** By which its vendor's serial number is made; not in files of before it was kept. */
  readonly number?: number;
  readonly personality: PersonalityName;
  readonly interfaces: RamzInterfaces | undefined;
  readonly device: SavedDevice;
}

/** All that a laboratory is, without its events and plots. */
export interface SavedLab {
  readonly nowMs: number;
  readonly seed: number;
  readonly made: number;
  readonly snapshotsTaken: number;
  /** Events are numbered on from here. */
  readonly lastEvent: number;
  readonly tokens: readonly SavedToken[];
  readonly snapshots: readonly SavedToken[];
}

/** Writes a state whole or not at all. Only its owner may read the file. */
export function writeState(path: string, state: SavedLab, passphrase: Secret): void {
  const plain = serialize(state);
  try {
    using key = Secret.copy(randomBytes(KEY_BYTES));
    const box = sealWithPassphrase(passphrase, key, CONTEXT, (count) => Uint8Array.from(randomBytes(count)));
    const sealed = sealUnder(key, plain);
    const head = Buffer.from(`${MAGIC}${String.fromCharCode(VERSION)}`, 'latin1');
    const length = Buffer.alloc(2);
    length.writeUInt16BE(box.length);
    writeFileSync(`${path}.new`, Buffer.concat([head, length, box, sealed]), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  } finally {
    plain.fill(0);
  }
}

/**
 * Keeps a state for this process: of two laboratories on one file, the last to end would undo the
 * other.
 * @returns what frees it again
 * @throws LabRefused while another process has it
 */
export function lockState(path: string): () => void {
  const lock = `${path}.lock`;
  const free = () => rmSync(lock, { force: true });
  const owner = ownerOf(lock);
  if (owner !== undefined) throw new LabRefused(`${path} is in use by process ${owner}: end that first`);
  // A process that was killed has left its lock; one that starts now must not lose its own.
  if (existsSync(lock)) free();
  writeFileSync(lock, `${process.pid}\n`, { mode: 0o600, flag: 'wx' });
  return free;
}

/** Returns the process that holds a lock, if it still runs. */
function ownerOf(lock: string): number | undefined {
  if (!existsSync(lock)) return undefined;
  const owner = Number(readFileSync(lock, 'utf8'));
  try {
    process.kill(owner, 0);
    return owner;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? owner : undefined;
  }
}

/** A state that was read. Its bytes are views of the file's: the reader wipes them after use. */
export interface OpenState {
  readonly lab: SavedLab;
  readonly wipe: () => void;
}

/**
 * @returns undefined if there is no such file
 * @throws LabRefused for a file of another kind or version; CustodyError for a wrong passphrase
 */
export function readState(path: string, passphrase: Secret): OpenState | undefined {
  if (!existsSync(path)) return undefined;
  const file = readFileSync(path);
  if (file.length > FILE_BYTES_MAX || file.subarray(0, MAGIC.length).toString('latin1') !== MAGIC) {
    throw new LabRefused(`${path} is not the state of a laboratory`);
  }
  const version = file[MAGIC.length] ?? 'none';
  if (version !== VERSION)
    throw new LabRefused(`${path} has version ${version}: this program reads version ${VERSION}`);
  const boxEnd = file.length < HEAD_BYTES + 2 ? HEAD_BYTES + 2 : HEAD_BYTES + 2 + file.readUInt16BE(HEAD_BYTES);
  if (file.length < boxEnd + NONCE_BYTES + TAG_BYTES) throw new LabRefused(`${path} was cut short: restore a copy`);
  using key = openWithPassphrase(passphrase, Uint8Array.from(file.subarray(HEAD_BYTES + 2, boxEnd)), CONTEXT);
  const plain = openUnder(key, file.subarray(boxEnd));
  return { lab: deserialize(plain) as SavedLab, wipe: () => void plain.fill(0) };
}

/** The passphrase seals a key, and the key the state: a passphrase box holds no megabytes. */
function sealUnder(key: Secret, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key.expose(), nonce);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws LabRefused if the file was changed */
function openUnder(key: Secret, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(CIPHER, key.expose(), sealed.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw new LabRefused('the state was changed after it was written');
  }
}
