import { Inject, Injectable } from '@nestjs/common';
import type { BankProfile } from '@ramz/bank-profile';
import type { CompletionReply } from '../../boundary/activation-commands.ts';
import { BANK_PROFILE, WALL_CLOCK } from '../access/front-tokens.ts';
import { BudgetAlarms } from '../budgets/budget-alarms.ts';
import { FailureBudgets, type Origin } from '../budgets/failure-budgets.ts';
import { BudgetSpent } from '../errors/front-errors.ts';

const MEANING = 'many failed activations: someone may be guessing codes';

/**
 * Counts failed completions by the gateway and by the address that it names, as wrong codes are
 * counted by caller and terminal. An address that fails too often waits; no card is locked by it.
 */
@Injectable()
export class CompletionLimiter {
  readonly #budgets: FailureBudgets;
  readonly #alarms: BudgetAlarms;
  readonly #nowMs: () => number;

  constructor(
    @Inject(BANK_PROFILE) { budgets }: Pick<BankProfile, 'budgets'>,
    @Inject(BudgetAlarms) alarms: BudgetAlarms,
    @Inject(WALL_CLOCK) nowMs: () => number,
  ) {
    this.#budgets = new FailureBudgets(budgets.filter(({ per }) => per === 'terminal' || per === 'caller'));
    this.#alarms = alarms;
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
      const alarms = this.#budgets.note(origin, !reply.isActivated, this.#nowMs());
      // An address is a customer's: it stays out of the log.
      for (const alarm of alarms) this.#alarms.raise(gateway, 'CompleteActivation', { ...alarm, of: gateway }, MEANING);
      return reply;
    } finally {
      this.#budgets.leave(origin, this.#nowMs());
    }
  }
}
