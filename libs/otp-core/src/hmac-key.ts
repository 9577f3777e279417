// RFC 2104: HMAC(K, m) = H((K ^ opad) || H((K ^ ipad) || m)).
import { engineInUse } from './engine/engine-in-use.ts';
import { type HashName, MAC_BYTES, type Midstates, type OtpEngine } from './engine/otp-engine.ts';
import { OtpError } from './errors.ts';
import { redactInspection, type Secret } from './secret.ts';

/** RFC 4226 4, R6: the shared secret is at least 128 bits. */
export const KEY_BYTES_MIN = 16;
/** No seed in the field is longer; a limit keeps a hostile import from costing time. */
export const KEY_BYTES_MAX = 1024;

const REDACTED = '[hmac key]';

/** The midstates themselves, for the package's own use; not at its door. @throws OtpError `key-wiped` */
export let midstatesOf: (key: HmacKey) => Midstates;

/**
 * One key as the two states that hashing its padded blocks leads to (the midstates), computed once. Holds
 * no copy of the key itself. Owns them and wipes them.
 */
export class HmacKey {
  readonly hash: HashName;
  /** What it computes with: keys that are used together have one engine. */
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
   * @param engine what computes; without it the one that the process has chosen, which is noble unless it chose another
   * @throws OtpError `key-length` outside 16..1024 bytes, `key-wiped`, `hash-unknown`
   */
  static from(hash: HashName, key: Secret, engine: OtpEngine = engineInUse()): HmacKey {
    assertHash(hash);
    const bytes = key.expose();
    if (bytes.length < KEY_BYTES_MIN || bytes.length > KEY_BYTES_MAX) {
      throw new OtpError('key-length', `key must be ${KEY_BYTES_MIN} to ${KEY_BYTES_MAX} bytes long`);
    }
    const midstates = engine.reserve(hash);
    engine.fill(midstates, bytes);
    return new HmacKey(engine, midstates);
  }

  get macBytes(): number {
    return MAC_BYTES[this.hash];
  }

  /**
   * The MAC of `message`. The bytes returned are a buffer that all keys of this hash share: the next call of
   * `mac`, `from`, `forget` or `wipe`, of any of them, overwrites it. Copy what must last.
   * @throws OtpError `key-wiped`
   */
  mac(message: Uint8Array): Uint8Array {
    return this.engine.mac(this.#open(), message);
  }

  /** Forgets the last MAC of this hash, and the work of making it. */
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
