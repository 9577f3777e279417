import { RecipientKeys } from '@ramz/custody';
import type { RamzClient } from '@ramz/hsm-daemon';
import { bankPinDigits, formatCode, HmacKey, hotp, Secret } from '@ramz/otp-core';

const PERIOD_MS = 60_000;

export type WirePurpose = 'PURPOSE_FIRST_PIN' | 'PURPOSE_SECOND_PIN';

/** A token whose seed the test knows: it opened the envelope itself. */
export class KnownToken {
  readonly card_number: string;
  readonly purpose: WirePurpose;
  readonly seed: Uint8Array;
  readonly #key: HmacKey;
  readonly #digits: number;

  private constructor(card_number: string, purpose: WirePurpose, seed: Secret, digits: number) {
    this.card_number = card_number;
    this.purpose = purpose;
    this.seed = Uint8Array.from(seed.expose());
    this.#key = HmacKey.from('sha1', seed);
    this.#digits = digits;
  }

  /** `keys` may serve many tokens of a test: only the test opens their envelopes. */
  static async enrol(
    office: RamzClient,
    card_number: string,
    keys: RecipientKeys,
    purpose: WirePurpose = 'PURPOSE_SECOND_PIN',
  ) {
    const tokenPublicKey = Buffer.from(keys.public_key);
    const made = await office.enrol({ cardNumber: card_number, purpose, tokenSerial: 'KNOWN', tokenPublicKey });
    using seed = await keys.open('seed', made.sealedSeed, made.enrolmentId);
    return new KnownToken(card_number, purpose, seed, made.parameters?.digits ?? 0);
  }

  /** The code of now, or of a step before it. */
  code(steps_back = 0): string {
    return formatCode(hotp(this.#key, Math.floor(Date.now() / PERIOD_MS) - steps_back, bankPinDigits(this.#digits)));
  }

  /** A code that no step near now has. */
  wrongCode(): string {
    const live = [-2, -1, 0, 1, 2].map((back) => this.code(back));
    for (let value = 0; ; value++) {
      const code = String(value).padStart(this.#digits, '0');
      if (!live.includes(code)) return code;
    }
  }

  request(code: string, requestId: string) {
    return { requestId, cardNumber: this.card_number, purpose: this.purpose, code };
  }
}
