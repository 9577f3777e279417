// Two daemons on one PostgreSQL, with clients of three channels at each.
import { randomUUID } from 'node:crypto';
import type { RamzClient } from '@ramz/client';
import { RecipientKeys } from '@ramz/custody';
import { askAgain } from '../harness/ask-again.ts';
import { cardNumber } from '../harness/cards.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab, type VaultKind } from '../harness/lab.ts';
import { PostgresServer } from '../harness/postgres.ts';

export const PARALLEL = 64;
export const CALLERS: readonly string[] = ['internet-bank', 'mobile-bank', 'fraud-desk'];

export class TwoDaemons {
  /** The primary first. */
  readonly servers: readonly PostgresServer[];
  readonly labs: readonly [Lab, Lab];
  readonly #keys: RecipientKeys;
  /** The first daemon's enrolment client: one connection for all tokens. */
  readonly #office: RamzClient;

  private constructor(servers: readonly PostgresServer[], labs: readonly [Lab, Lab], keys: RecipientKeys) {
    this.servers = servers;
    this.labs = labs;
    this.#keys = keys;
    this.#office = labs[0].client('enrolment-office');
  }

  static async start(vault: VaultKind = 'real', hasStandby = false): Promise<TwoDaemons> {
    const primary = await PostgresServer.start();
    const servers = hasStandby ? [primary, await primary.standby()] : [primary];
    const flags = servers.flatMap(({ url }) => ['--database', url]);
    const first = await Lab.start(vault, 'operational', flags);
    return new TwoDaemons(servers, [first, await first.beside(flags, vault)], await RecipientKeys.make());
  }

  /** A client of each caller at each daemon, with its own connection. */
  clients(): RamzClient[] {
    return this.labs.flatMap((lab) => CALLERS.map((caller) => lab.client(caller)));
  }

  enrol(n: number): Promise<KnownToken> {
    return KnownToken.enrol(this.#office, cardNumber(n), this.#keys);
  }

  /** Sends each code from all clients at once. Returns how often each was accepted. */
  async race(codes: number): Promise<number[]> {
    const clients = this.clients();
    const accepted: number[] = [];
    for (let n = 0; n < codes; n++) {
      const token = await this.enrol(n);
      const code = token.code();
      const tries = Array.from({ length: PARALLEL }, (_, i) => {
        const request = token.request(code, randomUUID());
        return askAgain(() => (clients[i % clients.length] as RamzClient).verify(request));
      });
      const verdicts = await Promise.all(tries);
      accepted.push(verdicts.filter(({ verdict }) => verdict === 'VERDICT_ACCEPTED').length);
    }
    return accepted;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const one of [...this.labs, ...this.servers]) await one[Symbol.asyncDispose]();
  }
}
