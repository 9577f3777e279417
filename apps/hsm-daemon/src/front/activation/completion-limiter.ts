import { Inject, Injectable } from '@nestjs/common';
import type { BankProfile } from '@ramz/bank-profile';
import type { CompletionReply } from '../../boundary/activation-commands.ts';
import { VaultLink } from '../../boundary/vault-link.ts';
import { BANK_PROFILE, LOGGER, WALL_CLOCK } from '../access/front-tokens.ts';
import { type Alarm, FailureBudgets, type Origin } from '../budgets/failure-budgets.ts';
import { BudgetSpent } from '../errors/front-errors.ts';
import type { Logger } from '../telemetry/logger.ts';
import { Metrics } from '../telemetry/metrics.ts';

/**
 * Counts failed completions by the gateway and by the address that it names, as wrong codes are
 * counted by caller and terminal. An address that fails too often waits; no card is locked by it.
 */
@Injectable()
export class CompletionLimiter {
  readonly #budgets: FailureBudgets;
  readonly #link: VaultLink;
  readonly #logger: Logger;
  readonly #metrics: Metrics;
  readonly #nowMs: () => number;

  constructor(
    @Inject(BANK_PROFILE) { budgets }: Pick<BankProfile, 'budgets'>,
    @Inject(VaultLink) link: VaultLink,
    @Inject(LOGGER) logger: Logger,
    @Inject(Metrics) metrics: Metrics,
    @Inject(WALL_CLOCK) nowMs: () => number,
  ) {
    this.#budgets = new FailureBudgets(budgets.filter(({ per }) => per === 'terminal' || per === 'caller'));
    this.#link = link;
    this.#logger = logger;
    this.#metrics = metrics;
    this.#nowMs = nowMs;
  }

  /**
   * Runs a completion, and counts how it ended.
   * @throws BudgetSpent when too many failed from this address
   */
  async during(gateway: string, address: string, complete: () => Promise<CompletionReply>): Promise<CompletionReply> {
    const origin: Origin = { terminal: address && `${gateway}/${address}`, caller: gateway, channel: '', bin: '' };
    const waitSeconds = this.#budgets.enter(origin, this.#nowMs());
    if (waitSeconds > 0) throw new BudgetSpent('address', waitSeconds);
    try {
      const reply = await complete();
      for (const alarm of this.#budgets.note(origin, !reply.isActivated, this.#nowMs())) this.#raise(gateway, alarm);
      return reply;
    } finally {
      this.#budgets.leave(origin, this.#nowMs());
    }
  }

  #raise(gateway: string, { budget: { per, action, interval_s: intervalSeconds }, tries, failures }: Alarm): void {
    // An address is a customer's: it stays out of the log.
    const alarm = { per, of: gateway, tries, failures, interval_s: intervalSeconds, action };
    this.#metrics.alarm(per, action);
    this.#logger.warn(alarm, 'many failed activations: someone may be guessing codes');
    const reason = `alarm: ${failures} of ${tries} failed in ${intervalSeconds} s, ${per} of ${gateway}`;
    // The audit log keeps it. A vault that is gone is reported elsewhere.
    const note = { kind: 'note-refusal', caller: gateway, rpc: 'CompleteActivation', reason } as const;
    void this.#link.send(note).catch(() => {});
  }
}
