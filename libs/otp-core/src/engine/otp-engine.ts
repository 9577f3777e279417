/** The hashes RFC 6238 1.2 allows. */
export type HashName = 'sha1' | 'sha256' | 'sha512';

/** Bytes of a MAC. */
export const MAC_BYTES: Readonly<Record<HashName, number>> = { sha1: 20, sha256: 32, sha512: 64 };

/** Of messages that are hashed several at a time: with its padding one still fits the kilobyte that an engine gives it. */
export const MESSAGE_BYTES_MAX = 952;

/**
 * Writes message `i` at the beginning of `into`, which has room for 952 bytes, and returns its length. Like `TakeDigest`
 * it must not ask for other digests meanwhile.
 */
export type WriteMessage = (i: number, into: Uint8Array) => number;

/** Is told the digest of message `i`, 32 bytes that the next one overwrites: copy what must last. */
export type TakeDigest = (i: number, digest: Uint8Array) => void;

/** A key as the two states that hashing its padded blocks leads to. What they are made of is their engine's affair. */
export interface Midstates {
  readonly hash: HashName;
}

/** Bytes of a key that is derived: as many as one block of HMAC-SHA-256 has, and no more than the hash's own length. */
export const DERIVED_KEY_BYTES: Readonly<Record<HashName, number>> = { sha1: 20, sha256: 32, sha512: 32 };

/** Keys that are derived for their codes alone: HMAC-SHA-256 of a message each, under one master key. */
export interface DerivedKeys {
  /** What HMAC the derived keys are of. */
  readonly hash: HashName;
  /** Writes the message that key `i` is derived from. */
  readonly write: WriteMessage;
  /** The first counter of key `i`. */
  readonly firstOf: (i: number) => number;
}

/**
 * What computes: HMAC (RFC 2104) on keys that are kept as midstates, and its truncation (RFC 4226 5.3). Its time and
 * its addresses depend on no key, message or counter. It is handed only midstates that it made itself, and inputs that
 * were checked: keys of 16 to 1024 bytes, counters and ranges of them up to 2^53 - 1.
 */
export interface OtpEngine {
  readonly name: string;
  /** A place for the midstates of a key, empty until it is filled. */
  reserve(hash: HashName): Midstates;
  /** The midstates of `key`, in place of what was there. Leaves nothing of the key in memory that this engine owns. */
  fill(midstates: Midstates, key: Uint8Array): void;
  /** The place is empty again, and may be filled anew. */
  wipe(midstates: Midstates): void;
  /** The MAC of a message, in a buffer that the next call for this hash overwrites. */
  mac(midstates: Midstates, message: Uint8Array): Uint8Array;
  /** The last MAC of a hash, and the work of making it, are wiped. */
  forget(hash: HashName): void;
  /** The truncated MAC at a counter: 31 bits. Leaves no MAC behind, nor do the next two. */
  truncated(midstates: Midstates, counter: number): number;
  /** The truncated MACs at `first` to `first + count - 1`, into `out`. */
  truncatedRange(midstates: Midstates, first: number, count: number, out: Int32Array): void;
  /** The truncated MACs of several keys of one hash at one counter, into `out` in their order. */
  truncatedOfKeys(keys: readonly Midstates[], counter: number, out: Int32Array): void;
  /**
   * The truncated MACs of the keys `from` to `from + count - 1` at `steps` counters each, into `out`: those of a key stand
   * together. Leaves nothing of a message or a derived key behind.
   */
  truncatedOfDerived(
    master: Midstates,
    keys: DerivedKeys,
    from: number,
    count: number,
    steps: number,
    out: Int32Array,
  ): void;
  /** The MACs of many short messages under one key of SHA-256. Leaves nothing of messages, of these MACs or of the last one behind. */
  macEach(midstates: Midstates, count: number, write: WriteMessage, take: TakeDigest): void;
  /** The SHA-256 digests of many short messages. */
  digestEach(count: number, write: WriteMessage, take: TakeDigest): void;
  /** The SHA-256 digest of what is not secret, in 32 new bytes. */
  digest(message: Uint8Array): Uint8Array;
}
