// RFC 2104: HMAC(K, m) = H((K ^ opad) || H((K ^ ipad) || m)).
import { engineInUse } from './engine/engine-in-use.ts';
import { type HashName, MAC_BYTES, type Midstates, type OtpEngine } from './engine/otp-engine.ts';
import { OtpError } from './errors.ts';
import { redactInspection, type Secret } from './secret.ts';

/** RFC 4226, 4, R6: the shared secret has at least 128 bits. */
export const KEY_BYTES_MIN = 16;
/** What other issuers give at least: 80 bits, as in the documentation of the key URI format. */
export const SHORT_KEY_BYTES_MIN = 10;
/** Longer than any seed in the field. The limit keeps a hostile import from costing time. */
export const KEY_BYTES_MAX = 1024;

const REDACTED = '[hmac key]';

/**
 * Returns a key's midstates. Internal to the package; not exported from it.
 * @throws OtpError `key-wiped`
 */
export let midstatesOf: (key: HmacKey) => Midstates;

/**
 * A key as its two midstates: the hash states after its two padded blocks, computed once. Owns and
 * wipes the midstates. Holds no copy of the key itself.
 */
export class HmacKey {
  readonly hash: HashName;
  /** The engine that computes with this key. Keys that are used together must share one. */
  readonly engine: OtpEngine;
  #midstates: Midstates | undefined;

  static {
    midstatesOf = (key) => key.#open();
    redactInspection(HmacKey.prototype, REDACTED);
  }

  private constructor(engine: OtpEngine, midstates: Midstates) {
    this.hash = midstates.hash;
    this.engine = engine;
    this.#midstates = midstates;
  }

  /**
   * @param engine defaults to the engine of the process: noble unless the process chose another
   * @throws OtpError `key-length` outside 16 to 1024 bytes, `key-wiped`, `hash-unknown`
   */
  static from(hash: HashName, key: Secret, engine: OtpEngine = engineInUse()): HmacKey {
    return HmacKey.#make(hash, key, engine, KEY_BYTES_MIN);
  }

  /**
   * As `from`, for a key that another issuer made with 80 bits or more. A bank's own keys have 128.
   * @throws OtpError as `from`
   */
  static fromShort(hash: HashName, key: Secret, engine: OtpEngine = engineInUse()): HmacKey {
    return HmacKey.#make(hash, key, engine, SHORT_KEY_BYTES_MIN);
  }

  static #make(hash: HashName, key: Secret, engine: OtpEngine, bytesMin: number): HmacKey {
    assertHash(hash);
    const bytes = key.expose();
    if (bytes.length < bytesMin || bytes.length > KEY_BYTES_MAX) {
      throw new OtpError('key-length', `key must be ${bytesMin} to ${KEY_BYTES_MAX} bytes long`);
    }
    const midstates = engine.reserve(hash);
    engine.fill(midstates, bytes);
    return new HmacKey(engine, midstates);
  }

  get macBytes(): number {
    return MAC_BYTES[this.hash];
  }

  /**
   * Returns the MAC of `message` in a buffer that all keys of this hash share. The next call of
   * `mac`, `from`, `forget` or `wipe` on any of them overwrites it: copy to keep it.
   * @throws OtpError `key-wiped`
   */
  mac(message: Uint8Array): Uint8Array {
    return this.engine.mac(this.#open(), message);
  }

  /** Wipes the last MAC of this hash and its working memory. */
  forget(): void {
    this.engine.forget(this.hash);
  }

  wipe(): void {
    if (this.#midstates !== undefined) this.engine.wipe(this.#midstates);
    this.#midstates = undefined;
    this.forget();
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

  #open(): Midstates {
    if (this.#midstates === undefined) throw new OtpError('key-wiped', 'key was wiped');
    return this.#midstates;
  }
}

/** @throws OtpError `hash-unknown` */
export function assertHash(hash: HashName): void {
  if (!Object.hasOwn(MAC_BYTES, hash)) throw new OtpError('hash-unknown', 'hash must be sha1, sha256 or sha512');
}
