// Encrypts a secret under a passphrase: scrypt (RFC 7914) and AES-256-GCM.
import { gcm } from '@noble/ciphers/aes.js';
import { scrypt } from '@noble/hashes/scrypt.js';
import { Secret } from '@ramz/otp-core';
import type { RandomBytes } from './entropy.ts';
import { CustodyError } from './errors.ts';
import { preparePassphrase } from './prepare-passphrase.ts';
import { sameBytes } from './same-bytes.ts';

/** 128 MiB and about a second per guess. */
const COST = { N: 2 ** 17, r: 8, p: 1, dkLen: 32 } as const;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;

/** Returns `salt (16) | nonce (12) | ciphertext | tag (16)`. */
export function sealWithPassphrase(
  passphrase: Secret,
  contents: Secret,
  context: string,
  random: RandomBytes,
): Uint8Array {
  const salt = random(SALT_BYTES);
  const nonce = random(NONCE_BYTES);
  using prepared = preparePassphrase(passphrase);
  using key = keyOf(prepared, salt);
  const sealed = gcm(key.expose(), nonce, new TextEncoder().encode(context)).encrypt(contents.expose());
  const box = new Uint8Array(SALT_BYTES + NONCE_BYTES + sealed.length);
  box.set(salt);
  box.set(nonce, SALT_BYTES);
  box.set(sealed, SALT_BYTES + NONCE_BYTES);
  return box;
}

/**
 * Opens a box, also one that was sealed before passphrases were prepared.
 * @throws CustodyError `passphrase-wrong`, also for a changed box or context
 */
export function openWithPassphrase(passphrase: Secret, box: Uint8Array, context: string): Secret {
  using prepared = preparePassphrase(passphrase);
  if (isSame(prepared, passphrase)) return openWith(prepared, box, context);
  try {
    return openWith(prepared, box, context);
  } catch {
    return openWith(passphrase, box, context);
  }
}

function isSame(one: Secret, other: Secret): boolean {
  return one.length === other.length && sameBytes(one.expose(), other.expose());
}

function openWith(passphrase: Secret, box: Uint8Array, context: string): Secret {
  using key = keyOf(passphrase, box.slice(0, SALT_BYTES));
  const nonce = box.slice(SALT_BYTES, SALT_BYTES + NONCE_BYTES);
  try {
    const opener = gcm(key.expose(), nonce, new TextEncoder().encode(context));
    return moved(opener.decrypt(box.slice(SALT_BYTES + NONCE_BYTES)));
  } catch {
    throw new CustodyError('passphrase-wrong', 'the passphrase is wrong, or the file was changed');
  }
}

function keyOf(passphrase: Secret, salt: Uint8Array): Secret {
  return moved(scrypt(passphrase.expose(), salt, COST));
}

/** Moves a library's result off the garbage-collected heap, and wipes it there. */
function moved(bytes: Uint8Array): Secret {
  const secret = Secret.copy(bytes);
  bytes.fill(0);
  return secret;
}
