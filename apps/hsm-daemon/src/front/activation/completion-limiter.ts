import { Inject, Injectable } from '@nestjs/common';
import type { BankProfile } from '@ramz/bank-profile';
import { BANK_PROFILE, WALL_CLOCK } from '../access/front-tokens.ts';
import { BudgetAlarms } from '../budgets/budget-alarms.ts';
import { FailureBudgets, type Origin } from '../budgets/failure-budgets.ts';
import { BudgetSpent } from '../errors/front-errors.ts';

const MEANING = 'many failed activations, deletions or texts: someone may be guessing';

/**
 * Counts failed completions, deletions and texts by the gateway and by the address that it names,
 * as wrong codes are counted by caller and terminal. An address that fails too often waits; no card
 * is locked by it.
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
   * Runs what an app asks for, and counts how it ended.
   * @throws BudgetSpent when too many failed from this address
   */
  async during<T>(
    gateway: string,
    address: string,
    work: () => Promise<T>,
    hasFailed: (reply: T) => boolean,
  ): Promise<T> {
    // Calls without an address are those of one place.
    const origin: Origin = { terminal: `${gateway}/${address || 'no address'}`, caller: gateway, channel: '', bin: '' };
    const waitSeconds = this.#budgets.enter(origin, this.#nowMs());
    if (waitSeconds > 0) throw new BudgetSpent('address', waitSeconds);
    try {
      const reply = await work();
      const alarms = this.#budgets.note(origin, hasFailed(reply), this.#nowMs());
      // An address is a customer's: it stays out of the log.
      for (const alarm of alarms) this.#alarms.raise(gateway, 'CompleteActivation', { ...alarm, of: gateway }, MEANING);
      return reply;
    } finally {
      this.#budgets.leave(origin, this.#nowMs());
    }
  }
}
