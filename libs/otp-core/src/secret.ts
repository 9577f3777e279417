import { OtpError } from './errors.ts';

const REDACTED = '[secret]';

/** Larger than any seed, key, share or envelope of one. */
const SECRET_BYTES_MAX = 65_536;

/**
 * Bytes for a secret, outside the garbage-collected heap. Small arrays made the usual way lie inside it,
 * where the collector copies them about and leaves the old copies unwiped. Measured: a scan of the
 * process's memory finds such copies long after the array itself was wiped.
 */
export function secretBytes(length: number): Uint8Array {
  if (!Number.isInteger(length) || length < 0 || length > SECRET_BYTES_MAX) {
    throw new OtpError('key-length', `a secret has 0 to ${SECRET_BYTES_MAX} bytes`);
  }
  return new Uint8Array(new ArrayBuffer(length));
}

/** What Node's `console.log` and `util.inspect` show of an object: this text, and nothing that it holds. */
export function redactInspection(prototype: object, text: string): void {
  Object.defineProperty(prototype, Symbol.for('nodejs.util.inspect.custom'), { value: () => text });
}

/**
 * Owns the bytes of a key, in a private field that no printer reaches. Becomes `[secret]` as text, and wipes on `wipe()` or at the end of a
 * `using` block. JavaScript may have copied the bytes before they came here; this class makes no
 * copy but the one it owns.
 */
export class Secret {
  #bytes: Uint8Array | undefined;

  static {
    redactInspection(Secret.prototype, REDACTED);
  }

  private constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Takes over `bytes`, made by `secretBytes`: the caller must not keep or change them. */
  static own(bytes: Uint8Array): Secret {
    return new Secret(bytes);
  }

  /** Copies `bytes`: wiping the original stays the caller's duty. */
  static copy(bytes: Uint8Array): Secret {
    const own = secretBytes(bytes.length);
    own.set(bytes);
    return new Secret(own);
  }

  get length(): number {
    return this.expose().length;
  }

  /** The bytes themselves, still owned by this secret. @throws OtpError `key-wiped` */
  expose(): Uint8Array {
    if (this.#bytes === undefined) throw new OtpError('key-wiped', 'secret was wiped');
    return this.#bytes;
  }

  wipe(): void {
    const bytes = this.#bytes;
    this.#bytes = undefined;
    // Bytes that were transferred elsewhere are no longer this secret's to wipe.
    if (bytes !== undefined && bytes.length > 0) bytes.fill(0);
  }

  [Symbol.dispose](): void {
    this.wipe();
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }
}
