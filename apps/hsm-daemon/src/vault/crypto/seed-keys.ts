import { type Code, type HashName, HmacKey, Secret, secretBytes } from '@ramz/otp-core';
import { type DerivedCodes, derivedKeyBytes, matchDerived } from '@ramz/otp-core/messages';
import type { Enrolment } from '../domain/enrolment/enrolment.ts';
import type { Standing } from '../domain/enrolment/standing.ts';
import { SEED_LABEL, seedContext } from '../domain/keys/key-contexts.ts';
import { deriveKey, writeDerivation } from './derive-key.ts';

/** Identifies a seed: everything that an enrolment's seed derives from, except the bank. */
export interface SeedOf extends Pick<Standing, 'subject' | 'purpose'> {
  readonly enrolment: Pick<Enrolment, 'id' | 'generation' | 'epoch'>;
}

/** A code, the seed that it may belong to, and the first step to compare. */
export interface SeedCode {
  readonly of: SeedOf;
  readonly code: Code;
  readonly firstStep: number;
}

/** No enrolment has this epoch: a seed that derives from its key belongs to no token. */
export const DECOY_EPOCH = 0;

/**
 * Derives seeds on demand. None is stored or cached: a card costs the same the first time as the
 * tenth time, and a decoy costs the same as a card.
 */
export class SeedKeys {
  readonly #masters: ReadonlyMap<number, HmacKey>;
  readonly #decoyMaster: HmacKey;
  readonly #bank: string;

  /**
   * @param masters by epoch
   * @param decoyMaster a random key of HMAC-SHA-256, for decoys while no epoch is active
   */
  constructor(masters: ReadonlyMap<number, HmacKey>, decoyMaster: HmacKey, bank: string) {
    this.#masters = masters;
    this.#decoyMaster = decoyMaster;
    this.#bank = bank;
  }

  /** Whether the seed master key of this epoch may be used. */
  hasEpoch(epoch: number): boolean {
    return this.#masters.has(epoch);
  }

  /**
   * Compares each code with its seed's codes at `steps` steps from its first step on. Each result
   * has a bit for each step whose code is equal. All codes are computed, even after a match.
   * @throws RangeError for an epoch whose key may not be used: see `hasEpoch`
   */
  match(hash: HashName, codes: readonly SeedCode[], steps: number): Int32Array {
    const matches = new Int32Array(codes.length);
    for (const [epoch, places] of placesByEpoch(codes)) {
      const ofEpoch = new Int32Array(places.length);
      matchDerived(this.#masterOf(epoch), this.#derivedCodes(hash, codes, places), steps, ofEpoch);
      for (let i = 0; i < places.length; i++) matches[places[i] as number] = ofEpoch[i] as number;
    }
    return matches;
  }

  /**
   * Returns a new key, which the caller wipes.
   * @throws as `match`
   */
  keyOf(of: SeedOf, hash: HashName): HmacKey {
    using seed = this.seedOf(of, hash);
    return HmacKey.from(hash, seed);
  }

  /**
   * Returns the seed itself, to be sealed to its token. The caller wipes it.
   * @throws as `match`
   */
  seedOf(of: SeedOf, hash: HashName): Secret {
    const into = secretBytes(derivedKeyBytes(hash));
    return deriveKey(this.#masterOf(of.enrolment.epoch), SEED_LABEL, this.#contextOf(of), into);
  }

  wipe(): void {
    this.#decoyMaster.wipe();
  }

  #derivedCodes(hash: HashName, codes: readonly SeedCode[], places: readonly number[]): DerivedCodes {
    const at = (i: number) => codes[places[i] as number] as SeedCode;
    const bytes = derivedKeyBytes(hash);
    return {
      hash,
      count: places.length,
      write: (i, into) => writeDerivation(into, SEED_LABEL, this.#contextOf(at(i).of), bytes),
      firstOf: (i) => at(i).firstStep,
      codeOf: (i) => at(i).code,
    };
  }

  #contextOf({ subject, purpose, enrolment }: SeedOf): readonly string[] {
    const { id: enrolmentId, generation, epoch } = enrolment;
    return seedContext({ bank: this.#bank, subject, enrolmentId, purpose, generation, epoch });
  }

  #masterOf(epoch: number): HmacKey {
    const master = epoch === DECOY_EPOCH ? this.#decoyMaster : this.#masters.get(epoch);
    if (master === undefined) throw new RangeError(`the seed master key of epoch ${epoch} may not be used`);
    return master;
  }
}

/** Groups the positions of codes by epoch: keys with one master key are derived together. */
function placesByEpoch(codes: readonly SeedCode[]): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (let i = 0; i < codes.length; i++) {
    const { epoch } = (codes[i] as SeedCode).of.enrolment;
    const ofEpoch = places.get(epoch);
    if (ofEpoch === undefined) places.set(epoch, [i]);
    else ofEpoch.push(i);
  }
  return places;
}
