import { PURPOSES } from '@ramz/audit-log';
import type { PurposePolicy } from '@ramz/bank-profile';
import { type HmacKey, Secret, secretBytes } from '@ramz/otp-core';
import type { Enrolment } from '../domain/enrolment/enrolment.ts';
import type { Standing } from '../domain/enrolment/standing.ts';
import { SEED_LABEL, seedContext } from '../domain/keys/key-contexts.ts';
import { DERIVED_BYTES_MAX, type Derivation, deriveEach, deriveKey } from './derive-key.ts';
import { FOUND_TOGETHER_MAX, SeedCache } from './seed-cache.ts';

/** RFC 4226 R6 recommends 160 bits; RFC 6238 the length of the hash. One KDF block gives 32 bytes. */
const SEED_BYTES: Readonly<Record<PurposePolicy['hash'], number>> = { sha1: 20, sha256: 32, sha512: 32 };

const scratch = secretBytes(DERIVED_BYTES_MAX);

/** Which seed: everything an enrolment's seed derives from but the bank. */
export interface SeedOf extends Pick<Standing, 'subject' | 'purpose'> {
  readonly enrolment: Pick<Enrolment, 'id' | 'generation' | 'epoch'>;
}

/** A key that is wanted, and what its purpose says of it. */
export interface SeedKeyRequest {
  readonly of: SeedOf;
  readonly policy: PurposePolicy;
}

/** Derives seeds when they are needed, and keeps the HMAC states of the latest few. No seed is stored. */
export class SeedKeys {
  readonly #masters: ReadonlyMap<number, HmacKey>;
  readonly #bank: string;
  readonly #kept = new Map<PurposePolicy['hash'], SeedCache>();

  /** @param masters by epoch */
  constructor(masters: ReadonlyMap<number, HmacKey>, bank: string) {
    this.#masters = masters;
    this.#bank = bank;
  }

  /** Whether the seed master key of this epoch may be used. */
  hasEpoch(epoch: number): boolean {
    return this.#masters.has(epoch);
  }

  /**
   * Good for the try that it is asked for, and not to be kept: later ones take its room.
   * @throws RangeError for an epoch whose key may not be used: see `hasEpoch`
   */
  keyOf(of: SeedOf, policy: PurposePolicy): HmacKey {
    const kept = this.#find(of, policy);
    if (kept !== undefined) return kept;
    this.#deriveAll(of.enrolment.epoch, [{ of, policy }]);
    return this.#find(of, policy) as HmacKey;
  }

  /** Derives together what `keyOf` will be asked for, as far as it is not kept. @throws as `keyOf` */
  prepare(wanted: readonly SeedKeyRequest[]): void {
    const named = new Map(wanted.map((one) => [one.of.enrolment.id, one]));
    const lacking = [...named.values()].filter(({ of, policy }) => this.#find(of, policy) === undefined);
    const missing = lacking.slice(0, FOUND_TOGETHER_MAX);
    for (const epoch of new Set(missing.map(({ of }) => of.enrolment.epoch))) {
      this.#deriveAll(
        epoch,
        missing.filter(({ of }) => of.enrolment.epoch === epoch),
      );
    }
  }

  /** The seed itself, for sealing to its token. The caller wipes it. */
  seedOf(of: SeedOf, policy: PurposePolicy): Secret {
    const { label, context, bytes } = this.#derivationOf({ of, policy });
    return deriveKey(this.#masterOf(of.enrolment.epoch), label, context, secretBytes(bytes));
  }

  wipe(): void {
    for (const kept of this.#kept.values()) kept.wipe();
  }

  #deriveAll(epoch: number, wanted: readonly SeedKeyRequest[]): void {
    const derivations = wanted.map((one) => this.#derivationOf(one));
    deriveEach(this.#masterOf(epoch), derivations, (i, derived) => {
      const { of, policy } = wanted[i] as SeedKeyRequest;
      scratch.set(derived);
      // The same few bytes each time: memory of its own costs a seed more than its derivation.
      using seed = Secret.own(scratch.subarray(0, derived.length));
      this.#cacheOf(policy).keep(of.enrolment.id, variantOf(of), seed);
    });
  }

  #derivationOf({ of: { subject, purpose, enrolment }, policy }: SeedKeyRequest): Derivation {
    const { id: enrolmentId, generation, epoch } = enrolment;
    const context = seedContext({ bank: this.#bank, subject, enrolmentId, purpose, generation, epoch });
    return { label: SEED_LABEL, context, bytes: SEED_BYTES[policy.hash] };
  }

  #masterOf(epoch: number): HmacKey {
    const master = this.#masters.get(epoch);
    if (master === undefined) throw new RangeError(`the seed master key of epoch ${epoch} may not be used`);
    return master;
  }

  #find(of: SeedOf, policy: PurposePolicy): HmacKey | undefined {
    return this.#cacheOf(policy).find(of.enrolment.id, variantOf(of));
  }

  #cacheOf({ hash }: PurposePolicy): SeedCache {
    const found = this.#kept.get(hash) ?? new SeedCache(hash);
    this.#kept.set(hash, found);
    return found;
  }
}

/** A decoy is named by its subject, of which there is one for each purpose. */
function variantOf({ purpose }: SeedOf): number {
  return PURPOSES.indexOf(purpose);
}
