import { OtpError } from './errors.ts';

const REDACTED = '[secret]';

/** Larger than any seed, key or share, and than an envelope of one. */
const SECRET_BYTES_MAX = 65_536;

/**
 * Allocates bytes for a secret outside the garbage-collected heap. Small arrays normally lie inside
 * it, where the collector moves them and leaves the old copies unwiped. Measured: a scan of process
 * memory finds such copies long after the array was wiped.
 * @throws OtpError `key-length`
 */
export function secretBytes(length: number): Uint8Array {
  if (!Number.isInteger(length) || length < 0 || length > SECRET_BYTES_MAX) {
    throw new OtpError('key-length', `a secret has 0 to ${SECRET_BYTES_MAX} bytes`);
  }
  return new Uint8Array(new ArrayBuffer(length));
}

/** Makes Node's `console.log` and `util.inspect` show `text` in place of an object's contents. */
export function redactInspection(prototype: object, text: string): void {
  Object.defineProperty(prototype, Symbol.for('nodejs.util.inspect.custom'), { value: () => text });
}

/**
 * Owns the bytes of a key in a private field that no printer reaches. Prints as `[secret]`. Wipes
 * the bytes on `wipe()` or at the end of a `using` block. JavaScript may have copied the bytes
 * before they arrived here; this class makes no copy beyond the one it owns.
 */
export class Secret {
  #bytes: Uint8Array | undefined;

  static {
    redactInspection(Secret.prototype, REDACTED);
  }

  private constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Takes ownership of `bytes` from `secretBytes`: the caller must not keep or change them. */
  static own(bytes: Uint8Array): Secret {
    return new Secret(bytes);
  }

  /** Copies `bytes`. The caller still owns the original and must wipe it. */
  static copy(bytes: Uint8Array): Secret {
    const own = secretBytes(bytes.length);
    own.set(bytes);
    return new Secret(own);
  }

  get length(): number {
    return this.expose().length;
  }

  /**
   * Returns the bytes themselves. This secret still owns them.
   * @throws OtpError `key-wiped`
   */
  expose(): Uint8Array {
    if (this.#bytes === undefined) throw new OtpError('key-wiped', 'secret was wiped');
    return this.#bytes;
  }

  wipe(): void {
    const bytes = this.#bytes;
    this.#bytes = undefined;
    // A transferred buffer is empty and cannot be wiped here.
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
