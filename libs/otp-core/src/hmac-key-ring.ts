import { OtpError } from './errors.ts';
import { COMPRESSIONS } from './hash/absorb.ts';
import type { HashName } from './hash/compression.ts';
import { fillMidstates, type HmacKey, halves, keyOver, midstatesOf } from './hmac-key.ts';
import type { Secret } from './secret.ts';

/** Some megabytes of midstates. */
const ROOM_MAX = 65_536;

/**
 * Room for many keys of one hash, in one piece of memory off the garbage-collected heap, taken in turn: what a cache of
 * keys is made of. Putting a key makes no object, and letting go of one leaves nothing to collect.
 *
 * A key that was put is good until as many others were put as there is room for; then its room, and the `HmacKey` that
 * `at` gave, is another key's. Whoever puts keys knows how many that may be.
 */
export class HmacKeyRing {
  readonly hash: HashName;
  readonly room: number;
  readonly #words: Int32Array;
  readonly #stateWords: number;
  readonly #keys: HmacKey[] = [];
  #next = 0;

  /** @param room how many keys. @throws OtpError `window-range`, `hash-unknown` */
  constructor(hash: HashName, room: number) {
    if (!Number.isInteger(room) || room < 1 || room > ROOM_MAX) {
      throw new OtpError('window-range', `a ring has room for 1 to ${ROOM_MAX} keys`);
    }
    if (!Object.hasOwn(COMPRESSIONS, hash)) throw new OtpError('hash-unknown', 'hash must be sha1, sha256 or sha512');
    this.hash = hash;
    this.room = room;
    this.#stateWords = COMPRESSIONS[hash].digestWords * 2;
    this.#words = new Int32Array(new ArrayBuffer(room * this.#stateWords * 4));
  }

  /** Returns the place of the key, 0 to room - 1. The secret stays the caller's. @throws OtpError `key-length`, `key-wiped` */
  put(key: Secret): number {
    const place = this.#next;
    const former = this.#keys[place];
    const midstates = former === undefined ? halves(this.#wordsAt(place)) : midstatesOf(former);
    fillMidstates(this.hash, key, midstates);
    // In order of their places: the next one is the first that has no key yet.
    if (former === undefined) this.#keys.push(keyOver(this.hash, midstates));
    this.#next = (place + 1) % this.room;
    return place;
  }

  /** How many others may be put before the room at this place is taken: 0 when it is the next one's. */
  putsLeft(place: number): number {
    return (place - this.#next + this.room) % this.room;
  }

  /** @throws OtpError `key-wiped` for a place that holds none */
  at(place: number): HmacKey {
    const key = this.#keys[place];
    if (key === undefined) throw new OtpError('key-wiped', 'there is no key at this place');
    return key;
  }

  /** All of them; the ring is empty again. */
  wipe(): void {
    for (const key of this.#keys) key.wipe();
    this.#keys.length = 0;
    this.#next = 0;
    this.#words.fill(0);
  }

  #wordsAt(place: number): Int32Array {
    return this.#words.subarray(place * this.#stateWords, (place + 1) * this.#stateWords);
  }
}
