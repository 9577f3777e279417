import type { RamzClient } from '@ramz/client';
import { RecipientKeys } from '@ramz/custody';
import { bankPinDigits, formatCode, type HashName, HmacKey, hotp, Secret } from '@ramz/otp-core';

const PERIOD_MS = 60_000;

export type WirePurpose = 'PURPOSE_FIRST_PIN' | 'PURPOSE_SECOND_PIN' | 'PURPOSE_CHANNEL_LOGIN';

/** The owner of a token, as a request names it. */
export interface TokenOf {
  readonly cardNumber?: string;
  readonly customerNumber?: string;
  readonly purpose: WirePurpose;
}

/** A token whose seed the test knows, because it opened the envelope itself. */
export class KnownToken {
  readonly of: TokenOf;
  readonly seed: Uint8Array;
  readonly #key: HmacKey;
  readonly #digits: number;

  private constructor(of: TokenOf, seed: Secret, hash: HashName, digits: number) {
    this.of = of;
    this.seed = Uint8Array.from(seed.expose());
    this.#key = HmacKey.from(hash, seed);
    this.#digits = digits;
  }

  get cardNumber(): string {
    return this.of.cardNumber ?? '';
  }

  /** `keys` may be shared by all tokens of a test: only the test opens their envelopes. */
  static enrol(
    office: RamzClient,
    cardNumber: string,
    keys: RecipientKeys,
    purpose: WirePurpose = 'PURPOSE_SECOND_PIN',
  ): Promise<KnownToken> {
    return KnownToken.enrolFor(office, { cardNumber, purpose }, keys);
  }

  static async enrolFor(office: RamzClient, of: TokenOf, keys: RecipientKeys, tokenSerial = 'KNOWN') {
    const tokenPublicKey = Buffer.from(keys.publicKey);
    const made = await office.enrol({ ...of, tokenSerial, tokenPublicKey });
    using seed = await keys.open('seed', made.sealedSeed, made.enrolmentId);
    const { hash = 'sha1', digits = 0 } = made.parameters ?? {};
    return new KnownToken(of, seed, hash as HashName, digits);
  }

  /** Returns the current code, or that of an earlier step. */
  code(stepsBack = 0): string {
    return formatCode(hotp(this.#key, Math.floor(Date.now() / PERIOD_MS) - stepsBack, bankPinDigits(this.#digits)));
  }

  /** Returns a code that no step near the current one has. */
  wrongCode(): string {
    const live = [-2, -1, 0, 1, 2].map((back) => this.code(back));
    for (let value = 0; ; value++) {
      const code = String(value).padStart(this.#digits, '0');
      if (!live.includes(code)) return code;
    }
  }

  request(code: string, requestId: string) {
    return { requestId, ...this.of, code };
  }
}
