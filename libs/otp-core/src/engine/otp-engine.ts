/** The hashes that RFC 6238, 1.2 allows. */
export type HashName = 'sha1' | 'sha256' | 'sha512';

/** The length of a MAC in bytes. */
export const MAC_BYTES: Readonly<Record<HashName, number>> = { sha1: 20, sha256: 32, sha512: 64 };

/**
 * The length limit for messages that are hashed several at a time: with its padding, a message fits
 * the kilobyte that an engine has for it.
 */
export const MESSAGE_BYTES_MAX = 952;

/**
 * Writes message `i` to the beginning of `into`, which has room for 952 bytes, and returns its
 * length. Must not request other digests while it runs, and neither must `TakeDigest`.
 */
export type WriteMessage = (i: number, into: Uint8Array) => number;

/**
 * Receives the digest of message `i`, 32 bytes that the next digest overwrites: copy to keep it.
 */
export type TakeDigest = (i: number, digest: Uint8Array) => void;

/**
 * A key as its two midstates: the hash states after its two padded blocks. Their representation is
 * private to the engine.
 */
export interface Midstates {
  readonly hash: HashName;
}

/**
 * The length of a derived key in bytes: what one block of HMAC-SHA-256 gives, and no more than the
 * length of the hash itself.
 */
export const DERIVED_KEY_BYTES: Readonly<Record<HashName, number>> = { sha1: 20, sha256: 32, sha512: 32 };

/** Keys derived for one check: each is HMAC-SHA-256 of its message under one master key. */
export interface DerivedKeys {
  /** The hash of the HMAC that the derived keys are used with. */
  readonly hash: HashName;
  /** Writes the message that key `i` is derived from. */
  readonly write: WriteMessage;
  /** The first counter of key `i`. */
  readonly firstOf: (i: number) => number;
}

/**
 * An implementation of HMAC (RFC 2104) on keys kept as midstates, and of its truncation (RFC 4226,
 * 5.3). Its timing and memory addresses depend on no key, message or counter. Callers pass only
 * midstates that this engine made and checked inputs: keys of 16 to 1024 bytes, counters and ranges
 * of counters up to 2^53 - 1.
 */
export interface OtpEngine {
  readonly name: string;
  /** Returns room for the midstates of a key, empty until `fill`. */
  reserve(hash: HashName): Midstates;
  /**
   * Replaces the midstates with those of `key`. Leaves no other trace of the key in this engine's
   * memory.
   */
  fill(midstates: Midstates, key: Uint8Array): void;
  /** Empties the midstates. They may be filled again. */
  wipe(midstates: Midstates): void;
  /** Returns the MAC of a message in a buffer that the next call for this hash overwrites. */
  mac(midstates: Midstates, message: Uint8Array): Uint8Array;
  /** Wipes the last MAC of a hash and its working memory. */
  forget(hash: HashName): void;
  /**
   * Returns the truncated MAC at a counter, 31 bits. This and the next two methods leave no MAC in
   * memory.
   */
  truncated(midstates: Midstates, counter: number): number;
  /** Writes the truncated MACs at `first` to `first + count - 1` to `out`. */
  truncatedRange(midstates: Midstates, first: number, count: number, out: Int32Array): void;
  /**
   * Writes the truncated MACs of several keys of one hash at one counter to `out`, in the keys'
   * order.
   */
  truncatedOfKeys(keys: readonly Midstates[], counter: number, out: Int32Array): void;
  /**
   * Writes the truncated MACs of the keys `from` to `from + count - 1`, at `steps` counters each,
   * to `out`, grouped by key. Leaves no trace of a message or a derived key in memory.
   */
  truncatedOfDerived(
    master: Midstates,
    keys: DerivedKeys,
    from: number,
    count: number,
    steps: number,
    out: Int32Array,
  ): void;
  /**
   * Computes the MACs of many short messages under one HMAC-SHA-256 key. Leaves no trace of the
   * messages, these MACs or the last MAC in memory.
   */
  macEach(midstates: Midstates, count: number, write: WriteMessage, take: TakeDigest): void;
  /** Computes the SHA-256 digests of many short messages. */
  digestEach(count: number, write: WriteMessage, take: TakeDigest): void;
  /** Returns the SHA-256 digest of public data in 32 new bytes. */
  digest(message: Uint8Array): Uint8Array;
}
