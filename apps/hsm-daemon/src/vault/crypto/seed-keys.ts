import { HmacKey, Secret, secretBytes } from '@ramz/otp-core';
import type { Enrolment } from '../domain/enrolment/enrolment.ts';
import type { Standing } from '../domain/enrolment/standing.ts';
import { SEED_LABEL, seedContext } from '../domain/keys/seed-context.ts';
import type { PurposePolicy } from '../domain/policy/purpose-policy.ts';
import { DERIVED_BYTES_MAX, type Derivation, deriveEach, deriveKey } from './derive-key.ts';

/** About 0.5 kB each with what holds them: 5 MB in each of two generations. */
const GENERATION_MAX = 10_000;

/** More at once would drop the first before they are asked for. */
const PREPARED_MAX: number = GENERATION_MAX / 2;

/** RFC 4226 R6 recommends 160 bits; RFC 6238 the length of the hash. One KDF block gives 32 bytes. */
const SEED_BYTES: Readonly<Record<PurposePolicy['hash'], number>> = { sha1: 20, sha256: 32, sha512: 32 };

const scratch = secretBytes(DERIVED_BYTES_MAX);

/** Which seed: everything an enrolment's seed derives from but the bank. */
export type SeedOf = Pick<Enrolment, 'id' | 'generation' | 'epoch'> & Pick<Standing, 'subject' | 'purpose'>;

/** A key that is wanted, and what its purpose says of it. */
export interface WantedKey {
  readonly enrolment: SeedOf;
  readonly policy: PurposePolicy;
}

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
    const kept = this.#kept(enrolment.id);
    if (kept !== undefined) return kept;
    this.#deriveAll(enrolment.epoch, [{ enrolment, policy }]);
    return this.#newer.get(enrolment.id) as HmacKey;
  }

  /** Derives together what `keyOf` will be asked for, as far as it is not kept. @throws as `keyOf` */
  prepare(wanted: Iterable<WantedKey>): void {
    for (const [epoch, missing] of Map.groupBy(this.#missingOf(wanted), ({ enrolment }) => enrolment.epoch)) {
      this.#deriveAll(epoch, missing);
    }
  }

  #missingOf(wanted: Iterable<WantedKey>): Iterable<WantedKey> {
    const missing = new Map<string, WantedKey>();
    for (const one of wanted) {
      if (missing.size >= PREPARED_MAX) break;
      if (this.#kept(one.enrolment.id) === undefined) missing.set(one.enrolment.id, one);
    }
    return missing.values();
  }

  /** The seed itself, for sealing to its token. The caller wipes it. */
  seedOf(enrolment: SeedOf, policy: PurposePolicy): Secret {
    const { label, context, bytes } = this.#derivationOf({ enrolment, policy });
    return deriveKey(this.#masterOf(enrolment.epoch), label, context, secretBytes(bytes));
  }

  wipe(): void {
    for (const kept of [this.#newer, this.#older]) {
      for (const key of kept.values()) key.wipe();
      kept.clear();
    }
  }

  #deriveAll(epoch: number, wanted: readonly WantedKey[]): void {
    const derivations = wanted.map((one) => this.#derivationOf(one));
    deriveEach(this.#masterOf(epoch), derivations, (i, derived) => {
      const { enrolment, policy } = wanted[i] as WantedKey;
      scratch.set(derived);
      // The same few bytes each time: memory of its own costs a seed more than its derivation.
      using seed = Secret.own(scratch.subarray(0, derived.length));
      this.#keep(enrolment.id, HmacKey.from(policy.hash, seed));
    });
  }

  #derivationOf({ enrolment, policy }: WantedKey): Derivation {
    const { id: enrolment_id, subject, purpose, generation, epoch } = enrolment;
    const context = seedContext({ bank: this.#bank, subject, enrolment_id, purpose, generation, epoch });
    return { label: SEED_LABEL, context, bytes: SEED_BYTES[policy.hash] };
  }

  #masterOf(epoch: number): HmacKey {
    const master = this.#masters.get(epoch);
    if (master === undefined) throw new RangeError(`the seed master key of epoch ${epoch} may not be used`);
    return master;
  }

  #kept(id: string): HmacKey | undefined {
    const newer = this.#newer.get(id);
    if (newer !== undefined) return newer;
    const older = this.#older.get(id);
    if (older === undefined) return undefined;
    this.#older.delete(id);
    return this.#keep(id, older);
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
