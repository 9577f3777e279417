import type { Secret } from '@ramz/otp-core';
import { HmacKey } from '@ramz/otp-core';
import type { Enrolment } from '../domain/enrolment/enrolment.ts';
import { SEED_LABEL, seedContext } from '../domain/keys/seed-context.ts';
import type { PurposePolicy } from '../domain/policy/purpose-policy.ts';
import { deriveKey } from './derive-key.ts';

/** About 2 kB of HMAC state each: 20 MB at the most. */
const SEED_KEYS_MAX = 10_000;

/** RFC 4226 R6 recommends 160 bits; RFC 6238 the length of the hash. One KDF block gives 32 bytes. */
const SEED_BYTES: Readonly<Record<PurposePolicy['hash'], number>> = { sha1: 20, sha256: 32, sha512: 32 };

/** Which seed: everything an enrolment's seed derives from but the bank. */
export type SeedOf = Pick<Enrolment, 'id' | 'subject' | 'purpose' | 'generation' | 'epoch'>;

/** Derives seeds when they are needed, and keeps the HMAC states of the latest few. No seed is stored. */
export class SeedKeys {
  readonly #master: HmacKey;
  readonly #bank: string;
  readonly #kept = new Map<string, HmacKey>();

  constructor(master: HmacKey, bank: string) {
    this.#master = master;
    this.#bank = bank;
  }

  keyOf(enrolment: SeedOf, policy: PurposePolicy): HmacKey {
    const kept = this.#kept.get(enrolment.id);
    if (kept !== undefined) return kept;
    using seed = this.seedOf(enrolment, policy);
    const key = HmacKey.from(policy.hash, seed);
    this.#keep(enrolment.id, key);
    return key;
  }

  /** The seed itself, for sealing to its token. The caller wipes it. */
  seedOf(enrolment: SeedOf, policy: PurposePolicy): Secret {
    const { id: enrolment_id, subject, purpose, generation, epoch } = enrolment;
    const context = seedContext({ bank: this.#bank, subject, enrolment_id, purpose, generation, epoch });
    return deriveKey(this.#master, SEED_LABEL, context, SEED_BYTES[policy.hash]);
  }

  wipe(): void {
    for (const key of this.#kept.values()) key.wipe();
    this.#kept.clear();
  }

  #keep(id: string, key: HmacKey): void {
    if (this.#kept.size >= SEED_KEYS_MAX) {
      const [oldest] = this.#kept;
      if (oldest !== undefined) {
        oldest[1].wipe();
        this.#kept.delete(oldest[0]);
      }
    }
    this.#kept.set(id, key);
  }
}
