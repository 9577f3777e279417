// SLIP-39, "Encryption of the master secret": a four-round Feistel network on PBKDF2-HMAC-SHA256.
import { HmacKey, Secret, secretBytes } from '@ramz/otp-core';
import { CustodyError } from '../../errors.ts';

/** 10,000 iterations in total, divided among the four rounds. */
const ITERATIONS_A_ROUND = 2_500;
/**
 * A short password is padded with zeros to one block, as HMAC itself does, because `HmacKey`
 * rejects short keys.
 */
const HMAC_BLOCK_BYTES = 64;
/** Longer than any passphrase that a person types. */
const PASSPHRASE_CHARS_MAX = 256;

export interface MasterEncryption {
  readonly identifier: number;
  readonly extendable: boolean;
  readonly iterationExponent: number;
  /**
   * Printable ASCII. A wrong passphrase gives another secret and no error: compare a check value.
   */
  readonly passphrase: string;
}

export function encryptMaster(master: Secret, how: MasterEncryption): Secret {
  return feistel(master, how, [0, 1, 2, 3]);
}

export function decryptMaster(encrypted: Secret, how: MasterEncryption): Secret {
  return feistel(encrypted, how, [3, 2, 1, 0]);
}

function feistel(input: Secret, how: MasterEncryption, rounds: readonly number[]): Secret {
  if (how.passphrase.length > PASSPHRASE_CHARS_MAX || !/^[\x20-\x7e]*$/.test(how.passphrase)) {
    throw new CustodyError('passphrase-malformed', `a passphrase is printable ASCII, at most ${PASSPHRASE_CHARS_MAX}`);
  }
  const half = input.length / 2;
  const bytes = secretBytes(input.length);
  bytes.set(input.expose());
  const left = bytes.subarray(0, half);
  const right = bytes.subarray(half);
  for (const round of rounds) {
    const mask = roundKey(round, right, how);
    for (let i = 0; i < half; i++) {
      const mixed = (left[i] ?? 0) ^ (mask[i] ?? 0);
      left[i] = right[i] ?? 0;
      right[i] = mixed;
    }
    mask.fill(0);
  }
  // After an even number of rounds the halves are swapped once more.
  const output = secretBytes(input.length);
  output.set(right);
  output.set(left, half);
  bytes.fill(0);
  return Secret.own(output);
}

/** PBKDF2 (RFC 8018, 5.2) with one output block, on our own HMAC, which keeps no copies. */
function roundKey(round: number, right: Uint8Array, how: MasterEncryption): Uint8Array {
  using key = passwordKey(round, how.passphrase);
  const prefix = how.extendable
    ? []
    : [...new TextEncoder().encode('shamir'), how.identifier >>> 8, how.identifier & 0xff];
  const salt = secretBytes(prefix.length + right.length + 4);
  salt.set(prefix);
  salt.set(right, prefix.length);
  salt[salt.length - 1] = 1;
  const block = secretBytes(32);
  block.set(key.mac(salt));
  const sum = secretBytes(32);
  sum.set(block);
  const iterations = ITERATIONS_A_ROUND << how.iterationExponent;
  for (let i = 1; i < iterations; i++) {
    block.set(key.mac(block));
    for (let b = 0; b < 32; b++) sum[b] = (sum[b] ?? 0) ^ (block[b] ?? 0);
  }
  salt.fill(0);
  block.fill(0);
  key.forget();
  return sum.subarray(0, right.length);
}

function passwordKey(round: number, passphrase: string): HmacKey {
  const password = secretBytes(Math.max(HMAC_BLOCK_BYTES, 1 + passphrase.length));
  password[0] = round;
  for (let i = 0; i < passphrase.length; i++) password[1 + i] = passphrase.charCodeAt(i);
  using secret = Secret.own(password);
  return HmacKey.from('sha256', secret);
}
