import { randomUUID } from 'node:crypto';
import type { InstantMs, LoginVerdict, RamzToken, TokenParameters, Verifier } from '@ramz/token-emulator';
import { cardNumber } from '../harness/cards.ts';
import type { Lab } from '../harness/lab.ts';

const VERDICTS: Readonly<Record<string, LoginVerdict>> = {
  VERDICT_ACCEPTED: 'accepted',
  VERDICT_REFUSED: 'refused',
  VERDICT_LOCKED: 'locked',
};

/**
 * Verifies with a daemon of the test realm on the scenario's time: enrols tokens over HID and gRPC,
 * and sends codes over gRPC.
 */
export class DaemonVerifier implements Verifier {
  readonly #lab: Lab;
  readonly #cards = new Map<string, string>();

  /** @param lab started with the vault `virtual-clock` */
  constructor(lab: Lab) {
    this.#lab = lab;
  }

  async enrol(name: string, token: RamzToken): Promise<void> {
    const { serial, publicKey } = await token.info();
    const card = this.#cards.get(name) ?? cardNumber(this.#cards.size + 1);
    this.#cards.set(name, card);
    const enrolled = await this.#lab.client('enrolment-office').enrol({
      cardNumber: card,
      purpose: 'PURPOSE_SECOND_PIN',
      tokenSerial: serial,
      tokenPublicKey: Buffer.from(publicKey),
    });
    const { hash = 'sha1', digits = 0, periodS: periodSeconds = 0, t0S } = enrolled.parameters ?? {};
    const parameters = { hash, digits, periodSeconds, t0Seconds: Number(t0S) } as TokenParameters;
    await token.provision(enrolled.enrolmentId, parameters, enrolled.sealedSeed);
  }

  async setTime(now: InstantMs): Promise<void> {
    this.#lab.setClock(now - Date.now());
  }

  async verify(name: string, code: string): Promise<LoginVerdict> {
    const { verdict } = await this.#lab.client('internet-bank').verify(this.#request(name, code));
    return VERDICTS[verdict] ?? 'refused';
  }

  async resynchronise(name: string, code: string, nextCode: string): Promise<LoginVerdict> {
    const { verdict } = await this.#lab.client('fraud-desk').resynchronise({ ...this.#request(name, code), nextCode });
    return VERDICTS[verdict] ?? 'refused';
  }

  #request(name: string, code: string) {
    const of = { cardNumber: this.#cards.get(name) ?? '', purpose: 'PURPOSE_SECOND_PIN' as const };
    return { requestId: randomUUID(), ...of, code };
  }
}
