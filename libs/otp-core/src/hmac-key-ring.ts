import { engineInUse } from './engine/engine-in-use.ts';
import type { HashName, Midstates, OtpEngine } from './engine/otp-engine.ts';
import { OtpError } from './errors.ts';
import { assertHash, fillMidstates, type HmacKey, keyOver, midstatesOf } from './hmac-key.ts';
import type { Secret } from './secret.ts';

/** Some megabytes of midstates. */
const ROOM_MAX = 65_536;

/**
 * Room for many keys of one hash, taken in turn: what a cache of keys is made of. With an engine that keeps midstates in
 * one piece of memory, putting a key makes no object, and letting go of one leaves nothing to collect.
 *
 * A key that was put is good until as many others were put as there is room for; then its room, and the `HmacKey` that
 * `at` gave, is another key's. Whoever puts keys knows how many that may be.
 */
export class HmacKeyRing {
  readonly hash: HashName;
  readonly room: number;
  readonly #engine: OtpEngine;
  readonly #placeOf: (place: number) => Midstates;
  readonly #keys: HmacKey[] = [];
  #next = 0;

  /** @param room how many keys. @throws OtpError `window-range`, `hash-unknown` */
  constructor(hash: HashName, room: number, engine: OtpEngine = engineInUse()) {
    if (!Number.isInteger(room) || room < 1 || room > ROOM_MAX) {
      throw new OtpError('window-range', `a ring has room for 1 to ${ROOM_MAX} keys`);
    }
    assertHash(hash);
    this.hash = hash;
    this.room = room;
    this.#engine = engine;
    this.#placeOf = engine.reserve(hash, room);
  }

  /** Returns the place of the key, 0 to room - 1. The secret stays the caller's. @throws OtpError `key-length`, `key-wiped` */
  put(key: Secret): number {
    const place = this.#next;
    const former = this.#keys[place];
    const midstates = former === undefined ? this.#placeOf(place) : midstatesOf(former);
    fillMidstates(this.#engine, midstates, key);
    // In order of their places: the next one is the first that has no key yet.
    if (former === undefined) this.#keys.push(keyOver(this.#engine, midstates));
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
  }
}
