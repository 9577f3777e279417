// C2SP signed-note and tlog-checkpoint:
// `origin \n size \n base64(root) \n \n — name base64(key id | signature) \n`.
import { sha256 } from '@noble/hashes/sha2.js';

const KEY_ID_BYTES = 4;
/** signed-note: the type byte of Ed25519. */
const ED25519 = 1;

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** Returns the text that is signed. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

export function signedNote(text: string, name: string, publicKey: Uint8Array, signature: Uint8Array): string {
  const blob = new Uint8Array(KEY_ID_BYTES + signature.length);
  blob.set(keyId(name, publicKey));
  blob.set(signature, KEY_ID_BYTES);
  return `${text}\n— ${name} ${toBase64(blob)}\n`;
}

/** A parsed note. Not to be trusted before its signature is checked. */
export interface ReadNote {
  readonly checkpoint: Checkpoint;
  readonly text: string;
  readonly signatures: readonly {
    readonly name: string;
    readonly keyId: Uint8Array;
    readonly signature: Uint8Array;
  }[];
}

/** Returns undefined for a malformed checkpoint. */
export function readNote(note: string): ReadNote | undefined {
  const [text, below] = cut(note, '\n\n');
  const [origin = '', sizeText = '', rootText = ''] = text.split('\n');
  const size = Number(sizeText);
  const root = fromBase64(rootText);
  if (origin === '' || !/^(0|[1-9][0-9]*)$/.test(sizeText) || !Number.isSafeInteger(size)) return undefined;
  if (root?.length !== 32) return undefined;
  const signatures = below.split('\n').flatMap((line) => {
    const [, name = '', blobText = ''] = /^— (\S+) (\S+)$/.exec(line) ?? [];
    const blob = fromBase64(blobText);
    if (name === '' || blob === undefined || blob.length <= KEY_ID_BYTES) return [];
    return [{ name, keyId: blob.subarray(0, KEY_ID_BYTES), signature: blob.subarray(KEY_ID_BYTES) }];
  });
  return { checkpoint: { origin, size, root }, text: `${text}\n`, signatures };
}

export function keyId(name: string, publicKey: Uint8Array): Uint8Array {
  const head = new TextEncoder().encode(`${name}\n`);
  return sha256
    .create()
    .update(head)
    .update(Uint8Array.of(ED25519))
    .update(publicKey)
    .digest()
    .subarray(0, KEY_ID_BYTES);
}

function cut(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + at.length)];
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function fromBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}
