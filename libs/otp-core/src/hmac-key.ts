// RFC 2104: HMAC(K, m) = H((K ^ opad) || H((K ^ ipad) || m)).
import { type _HMAC, hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { OtpError } from './errors.ts';
import { type Secret, secretBytes } from './secret.ts';

/** The hashes RFC 6238 1.2 allows. */
export type HashName = 'sha1' | 'sha256' | 'sha512';

const HASHES = { sha1, sha256, sha512 } as const;

// A MAC is read before the next one is made: one buffer a hash is enough, and allocating is what costs.
const OUT = { sha1: secretBytes(20), sha256: secretBytes(32), sha512: secretBytes(64) } as const;

/** RFC 4226 4, R6: the shared secret is at least 128 bits. */
export const KEY_BYTES_MIN = 16;
/** No seed in the field is longer; a limit keeps a hostile import from costing time. */
export const KEY_BYTES_MAX = 1024;

type HmacState = _HMAC<ReturnType<(typeof HASHES)[HashName]['create']>>;

/**
 * One key, its two padded blocks hashed once (the midstates) and cloned for each message. Holds no
 * copy of the key itself.
 */
export class HmacKey {
  readonly hash: HashName;
  readonly mac_bytes: number;
  #midstate: HmacState | undefined;
  readonly #work: HmacState;

  private constructor(hash: HashName, key: Uint8Array) {
    this.hash = hash;
    const midstate: HmacState = hmac.create(HASHES[hash], key);
    this.#midstate = midstate;
    this.#work = midstate.clone();
    this.mac_bytes = midstate.outputLen;
  }

  /** @throws OtpError `key-length` outside 16..1024 bytes */
  static from(hash: HashName, key: Secret): HmacKey {
    const bytes = key.expose();
    if (bytes.length < KEY_BYTES_MIN || bytes.length > KEY_BYTES_MAX) {
      throw new OtpError('key-length', `key must be ${KEY_BYTES_MIN} to ${KEY_BYTES_MAX} bytes long`);
    }
    return new HmacKey(hash, bytes);
  }

  /**
   * The MAC of `message`. The bytes returned are a buffer that all keys of this hash share: the next
   * call overwrites them, so copy what must last. @throws OtpError `key-wiped`
   */
  mac(message: Uint8Array): Uint8Array {
    if (this.#midstate === undefined) throw new OtpError('key-wiped', 'key was wiped');
    this.#midstate._cloneInto(this.#work);
    const out = OUT[this.hash];
    this.#work.update(message).digestInto(out);
    return out;
  }

  /** Forgets the last MAC, for callers to whom it is a key. */
  forget(): void {
    OUT[this.hash].fill(0);
  }

  wipe(): void {
    this.#midstate?.destroy();
    this.#midstate = undefined;
    this.#work.destroy();
    this.forget();
  }

  [Symbol.dispose](): void {
    this.wipe();
  }

  toJSON(): string {
    return '[hmac key]';
  }
}
