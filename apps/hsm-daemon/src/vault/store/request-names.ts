/** Bytes of a request's key, and of its digest, each. */
export const NAME_BYTES = 16;
/** The key, followed by the digest. */
export const BOTH_BYTES: number = 2 * NAME_BYTES;

interface SlicedBuffer extends Buffer {
  /** A method that the types omit. For a few bytes it takes a third of the time of `toString`. */
  hexSlice(from: number, end: number): string;
}

/**
 * The names of a batch's requests, by number. A name is two keyed hashes: one of the caller and the
 * request id (the key), one of the contents (the digest). They are adjacent bytes, since almost
 * none is ever needed as text.
 */
export class RequestNames {
  readonly bytes: Buffer;
  /** For each request, the number of the first one with the same key. */
  readonly #firsts: Int32Array;

  /** @param bytes key and digest of each, 16 bytes each */
  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.#firsts = firstsOf(bytes);
  }

  /** Decodes hexadecimal strings. */
  static of(all: readonly { readonly requestKey: string; readonly requestDigest: string }[]): RequestNames {
    const hex = all.map(({ requestKey, requestDigest }) => requestKey + requestDigest).join('');
    return new RequestNames(Buffer.from(hex, 'hex'));
  }

  get count(): number {
    return this.#firsts.length;
  }

  firstWithKey(i: number): number {
    return this.#firsts[i] as number;
  }

  /** Whether both requests have the same contents. */
  isSameDigest(i: number, other: number): boolean {
    return isSame(this.bytes, i * BOTH_BYTES + NAME_BYTES, other * BOTH_BYTES + NAME_BYTES);
  }

  /** Returns 32 hexadecimal digits. */
  keyOf(i: number): string {
    return (this.bytes as SlicedBuffer).hexSlice(i * BOTH_BYTES, i * BOTH_BYTES + NAME_BYTES);
  }

  /** Returns 32 hexadecimal digits. */
  digestOf(i: number): string {
    return (this.bytes as SlicedBuffer).hexSlice(i * BOTH_BYTES + NAME_BYTES, (i + 1) * BOTH_BYTES);
  }

  /** Returns the first 32 bits of a key, or the next 32, for lookups in an index. */
  keyWord(i: number, word: 0 | 1): number {
    return this.bytes.readUInt32BE(i * BOTH_BYTES + word * 4);
  }
}

export const NO_REQUESTS: RequestNames = new RequestNames(Buffer.alloc(0));

/** Uses a table with open addressing: keys are hashes, which an attacker cannot choose. */
function firstsOf(bytes: Buffer): Int32Array {
  const count = bytes.length / BOTH_BYTES;
  const firsts = new Int32Array(count);
  const mask = 2 ** Math.ceil(Math.log2(2 * count + 2)) - 1;
  const numbersPlus1 = new Int32Array(mask + 1);
  for (let i = 0; i < count; i++) {
    let slot = bytes.readInt32LE(i * BOTH_BYTES) & mask;
    let other = (numbersPlus1[slot] as number) - 1;
    while (other >= 0 && !isSame(bytes, i * BOTH_BYTES, other * BOTH_BYTES)) {
      slot = (slot + 1) & mask;
      other = (numbersPlus1[slot] as number) - 1;
    }
    if (other < 0) numbersPlus1[slot] = i + 1;
    firsts[i] = other < 0 ? i : other;
  }
  return firsts;
}

function isSame(bytes: Uint8Array, at: number, other: number): boolean {
  for (let i = 0; i < NAME_BYTES; i++) if (bytes[at + i] !== bytes[other + i]) return false;
  return true;
}
