import { hexWordAt } from '@ramz/audit-log';
import { TOKENS_MAX } from '@ramz/bank-profile';
import type { HashName, HmacKey, Secret } from '@ramz/otp-core';
import { HmacKeyRing } from '@ramz/otp-core/messages';

const ROOM = 8_192;
/** So many that are kept one after the other can all be found afterwards. */
export const FOUND_TOGETHER_MAX: number = ROOM - TOKENS_MAX;
const NAME_WORDS = 4;
/** More than there are keys: two names seldom want the same entry, and then one of them is derived again. */
const INDEX_ENTRIES: number = ROOM * 4;

/** The HMAC states of the seeds of one hash that were wanted last. Once it is full, keeping another makes no object. */
export class SeedCache {
  readonly #ring: HmacKeyRing;
  readonly #names = new Uint32Array(ROOM * NAME_WORDS);
  /** By a part of the name: the place in the ring plus one; 0 for none. */
  readonly #placesPlus1 = new Uint16Array(INDEX_ENTRIES);

  constructor(hash: HashName) {
    this.#ring = new HmacKeyRing(hash, ROOM);
  }

  /**
   * A key that is found is good while the keys of one try are gathered: one whose room might be taken meanwhile, by
   * another token of the same subject, is as good as none.
   * @param id begins with 32 hexadecimal digits. @param variant tells apart those that begin alike
   */
  find(id: string, variant: number): HmacKey | undefined {
    const place = (this.#placesPlus1[entryOf(id, variant)] as number) - 1;
    if (place < 0 || !this.#isAt(place, id, variant) || this.#ring.putsLeft(place) < TOKENS_MAX) return undefined;
    return this.#ring.at(place);
  }

  /** The key is good until `ROOM` others were kept. */
  keep(id: string, variant: number, seed: Secret): HmacKey {
    const place = this.#ring.put(seed);
    for (let word = 0; word < NAME_WORDS; word++) this.#names[place * NAME_WORDS + word] = nameWord(id, variant, word);
    this.#placesPlus1[entryOf(id, variant)] = place + 1;
    return this.#ring.at(place);
  }

  wipe(): void {
    this.#ring.wipe();
    this.#placesPlus1.fill(0);
  }

  #isAt(place: number, id: string, variant: number): boolean {
    for (let word = 0; word < NAME_WORDS; word++) {
      if (this.#names[place * NAME_WORDS + word] !== nameWord(id, variant, word)) return false;
    }
    return true;
  }
}

/** A word of 32 bits of a name. */
function nameWord(id: string, variant: number, word: number): number {
  return (hexWordAt(id, word * 8) + (word === 0 ? variant : 0)) >>> 0;
}

function entryOf(id: string, variant: number): number {
  const mixed = hexWordAt(id, 0) ^ hexWordAt(id, 8) ^ hexWordAt(id, 16) ^ hexWordAt(id, 24);
  return (mixed + variant) & (INDEX_ENTRIES - 1);
}
