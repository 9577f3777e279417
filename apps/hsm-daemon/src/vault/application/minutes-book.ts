import type { StatementOf } from '../../boundary/statements.ts';
import { type Ceremony, tookPart } from '../domain/ceremony/ceremony.ts';
import { StatementRefused } from '../domain/ceremony/refusal.ts';
import { minutesDigest } from './minutes.ts';
import type { VaultPorts } from './ports.ts';

/** Who signed the minutes of the last ceremony: whoever took part, each once. */
export class MinutesBook {
  readonly #ports: VaultPorts;
  #signed = new Set<string>();

  constructor(ports: VaultPorts) {
    this.#ports = ports;
  }

  begin(): void {
    this.#signed = new Set();
  }

  /** @throws StatementRefused */
  sign({ by, ceremony, minutes }: StatementOf<'sign-minutes'>, ended: Ceremony | undefined): void {
    if (ended === undefined || ended.id !== ceremony || ended.ended === undefined) {
      throw new StatementRefused('minutes are signed after the ceremony has ended, and before the next one');
    }
    if (!tookPart(ended, by)) throw new StatementRefused(`${by} took no part in this ceremony`);
    if (this.#signed.has(by)) throw new StatementRefused(`${by} has signed them already`);
    if (minutesDigest(ceremony, this.#ports) !== minutes) {
      throw new StatementRefused('these are not the minutes that the vault has: do not sign');
    }
    this.#signed.add(by);
  }
}
