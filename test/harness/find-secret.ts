import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

const CHUNK_BYTES = 16 * 1024 * 1024;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Returns the encodings in which a program might have written a secret. */
export function formsOf(secret: Buffer): { readonly form: string; readonly bytes: Buffer }[] {
  const hex = secret.toString('hex');
  const base32 = toBase32(secret);
  const texts = {
    hex,
    HEX: hex.toUpperCase(),
    base64: secret.toString('base64').replace(/=+$/, ''),
    base64url: secret.toString('base64url'),
    base32,
    'base32 small': base32.toLowerCase(),
  };
  const written = Object.entries(texts).flatMap(([form, text]) => [
    { form, bytes: Buffer.from(text, 'latin1') },
    // V8 stores a string with characters beyond Latin-1 as two bytes per character.
    { form: `${form}, two bytes a character`, bytes: Buffer.from(text, 'utf16le') },
  ]);
  return [{ form: 'raw', bytes: secret }, { form: 'reversed', bytes: Buffer.from(secret).reverse() }, ...written];
}

/** Searches all readable memory of a process. Returns `name form` of each hit. Needs Linux. */
export function findInMemory(pid: number, secrets: ReadonlyMap<string, Buffer>): string[] {
  const wanted = [...secrets].flatMap(([name, secret]) =>
    formsOf(secret).map(({ form, bytes }) => ({ name: `${name} ${form}`, bytes })),
  );
  const found = new Set<string>();
  const overlap = Math.max(...wanted.map(({ bytes }) => bytes.length));
  for (const chunk of memoryOf(pid, overlap))
    for (const { name, bytes } of wanted) if (chunk.includes(bytes)) found.add(name);
  return [...found];
}

/** Yields chunks that overlap, so that a secret on a boundary is found. */
function* memoryOf(pid: number, overlap: number): Iterable<Buffer> {
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  try {
    for (const { from, to } of regionsOf(pid)) {
      for (let at = from; at < to; at += CHUNK_BYTES - overlap) {
        const length = readAt(memory, chunk, at, Math.min(CHUNK_BYTES, to - at));
        if (length > 0) yield chunk.subarray(0, length);
      }
    }
  } finally {
    chunk.fill(0);
    closeSync(memory);
  }
}

function regionsOf(pid: number): { from: number; to: number }[] {
  const lines = readFileSync(`/proc/${pid}/maps`, 'latin1').split('\n');
  return lines.flatMap((line) => {
    const [, from = '', to = '', mode = ''] = /^([0-9a-f]+)-([0-9a-f]+) (\S+)/.exec(line) ?? [];
    const readable = mode.startsWith('r') && !line.includes('[v');
    return readable ? [{ from: Number.parseInt(from, 16), to: Number.parseInt(to, 16) }] : [];
  });
}

function readAt(file: number, into: Buffer, at: number, length: number): number {
  try {
    return readSync(file, into, 0, length, at);
  } catch {
    // The region was unmapped or is not readable (a guard page).
    return 0;
  }
}

function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => BASE32[Number.parseInt(five, 2)]).join('');
}
