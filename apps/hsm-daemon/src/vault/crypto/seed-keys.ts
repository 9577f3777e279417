import type { Secret } from '@ramz/otp-core';
import { HmacKey, secretBytes } from '@ramz/otp-core';
import type { Enrolment } from '../domain/enrolment/enrolment.ts';
import type { Standing } from '../domain/enrolment/standing.ts';
import { SEED_LABEL, seedContext } from '../domain/keys/seed-context.ts';
import type { PurposePolicy } from '../domain/policy/purpose-policy.ts';
import { DERIVED_BYTES_MAX, deriveKey } from './derive-key.ts';

/** About 2 kB of HMAC state each: 20 MB in each of two generations. */
const GENERATION_MAX = 10_000;

/** RFC 4226 R6 recommends 160 bits; RFC 6238 the length of the hash. One KDF block gives 32 bytes. */
const SEED_BYTES: Readonly<Record<PurposePolicy['hash'], number>> = { sha1: 20, sha256: 32, sha512: 32 };

const scratch = secretBytes(DERIVED_BYTES_MAX);

/** Which seed: everything an enrolment's seed derives from but the bank. */
export type SeedOf = Pick<Enrolment, 'id' | 'generation' | 'epoch'> & Pick<Standing, 'subject' | 'purpose'>;

/** Derives seeds when they are needed, and keeps the HMAC states of the latest few. No seed is stored. */
export class SeedKeys {
  readonly #masters: ReadonlyMap<number, HmacKey>;
  readonly #bank: string;
  // The older generation goes whole when the newer is full; what is used meanwhile moves to the newer.
  #newer = new Map<string, HmacKey>();
  #older = new Map<string, HmacKey>();

  /** @param masters by epoch */
  constructor(masters: ReadonlyMap<number, HmacKey>, bank: string) {
    this.#masters = masters;
    this.#bank = bank;
  }

  /** Whether the seed master key of this epoch may be used. */
  hasEpoch(epoch: number): boolean {
    return this.#masters.has(epoch);
  }

  /** @throws RangeError for an epoch whose key may not be used: see `hasEpoch` */
  keyOf(enrolment: SeedOf, policy: PurposePolicy): HmacKey {
    const newer = this.#newer.get(enrolment.id);
    if (newer !== undefined) return newer;
    const older = this.#older.get(enrolment.id);
    if (older !== undefined) {
      this.#older.delete(enrolment.id);
      return this.#keep(enrolment.id, older);
    }
    // The same few bytes each time: memory of its own costs a seed more than its derivation.
    using seed = this.#derive(enrolment, scratch.subarray(0, SEED_BYTES[policy.hash]));
    return this.#keep(enrolment.id, HmacKey.from(policy.hash, seed));
  }

  /** The seed itself, for sealing to its token. The caller wipes it. */
  seedOf(enrolment: SeedOf, policy: PurposePolicy): Secret {
    return this.#derive(enrolment, secretBytes(SEED_BYTES[policy.hash]));
  }

  #derive(enrolment: SeedOf, into: Uint8Array): Secret {
    const { id: enrolment_id, subject, purpose, generation, epoch } = enrolment;
    const context = seedContext({ bank: this.#bank, subject, enrolment_id, purpose, generation, epoch });
    const master = this.#masters.get(epoch);
    if (master === undefined) throw new RangeError(`the seed master key of epoch ${epoch} may not be used`);
    return deriveKey(master, SEED_LABEL, context, into);
  }

  wipe(): void {
    for (const kept of [this.#newer, this.#older]) {
      for (const key of kept.values()) key.wipe();
      kept.clear();
    }
  }

  #keep(id: string, key: HmacKey): HmacKey {
    if (this.#newer.size >= GENERATION_MAX) {
      for (const old of this.#older.values()) old.wipe();
      this.#older = this.#newer;
      this.#newer = new Map();
    }
    this.#newer.set(id, key);
    return key;
  }
}
