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

/** Far more than a log signs: limits hostile input. */
const NOTE_CHARS_MAX = 16_384;
/** signed-note: a verifier accepts at least 16. */
const SIGNATURES_MAX = 16;
/** signed-note, "Format": no control character but the line end. */
const CONTROL = /(?!\n)[\p{Cc}\p{Cs}]/u;
/** signed-note: a name has no space of any kind, and no plus. */
const SIGNATURE_LINE = /^\u2014 ([^\s+]+) (\S+)$/u;

/**
 * Reads a note strictly: a text without an empty line, one empty line, and nothing but signature
 * lines behind it. Returns undefined for anything else.
 */
export function readNote(note: string): ReadNote | undefined {
  if (note.length > NOTE_CHARS_MAX || CONTROL.test(note) || !note.endsWith('\n')) return undefined;
  const end = note.indexOf('\n\n');
  const text = note.slice(0, end + 1);
  const checkpoint = end < 0 ? undefined : readText(text);
  const signatures = note
    .slice(end + 2, -1)
    .split('\n')
    .map(readSignature);
  if (checkpoint === undefined || signatures.length > SIGNATURES_MAX || !signatures.every((one) => one !== undefined))
    return undefined;
  return { checkpoint, text, signatures };
}

/** tlog-checkpoint: origin, size and root, then extension lines, none of them empty. */
function readText(text: string): Checkpoint | undefined {
  const [origin = '', sizeText = '', rootText = ''] = text.split('\n');
  const size = Number(sizeText);
  if (origin === '' || !/^(0|[1-9][0-9]*)$/.test(sizeText) || !Number.isSafeInteger(size)) return undefined;
  const root = fromBase64(rootText);
  return root?.length === 32 ? { origin, size, root } : undefined;
}

function readSignature(line: string): ReadNote['signatures'][number] | undefined {
  const [, name = '', blobText = ''] = SIGNATURE_LINE.exec(line) ?? [];
  const blob = fromBase64(blobText);
  if (name === '' || blob === undefined || blob.length <= KEY_ID_BYTES) return undefined;
  return { name, keyId: blob.subarray(0, KEY_ID_BYTES), signature: blob.subarray(KEY_ID_BYTES) };
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

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** RFC 4648, 4, in its one form: with padding, without loose bits, and without spaces. */
function fromBase64(text: string): Uint8Array | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    return toBase64(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}
