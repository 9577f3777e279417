import { Inject, Injectable } from '@nestjs/common';
import type { VerdictReason } from '@ramz/audit-log';
import type { BankProfile } from '@ramz/bank-profile';
import type { AttemptResult } from '../../boundary/commands.ts';
import type { ChannelCaller } from '../access/caller.ts';
import { BANK_PROFILE, WALL_CLOCK } from '../access/front-tokens.ts';
import { BudgetSpent } from '../errors/front-errors.ts';
import { BudgetAlarms } from './budget-alarms.ts';
import { FailureBudgets, type Origin } from './failure-budgets.ts';

const BIN_DIGITS = 6;
const CARD = 'card/';
const MEANING = 'many wrong codes: someone may be guessing over many cards';
/**
 * Verdicts that count as failed guesses. A used code repeated and a lock met again do not (D-12).
 */
const FAILURES: readonly VerdictReason[] = [
  'wrong-code',
  'locked-now',
  'slow-locked-now',
  'card-locked-now',
  'not-enrolled',
];

/** Checks the budgets before codes go to the vault, and records in them how the tries ended. */
@Injectable()
export class FailureLimiter {
  readonly #budgets: FailureBudgets;
  readonly #alarms: BudgetAlarms;
  readonly #nowMs: () => number;

  constructor(
    @Inject(BANK_PROFILE) profile: Pick<BankProfile, 'budgets'>,
    @Inject(BudgetAlarms) alarms: BudgetAlarms,
    @Inject(WALL_CLOCK) nowMs: () => number,
  ) {
    this.#budgets = new FailureBudgets(profile.budgets);
    this.#alarms = alarms;
    this.#nowMs = nowMs;
  }

  /**
   * Begins the tries of one call, in this order; `leave` ends them.
   * @throws BudgetSpent when too many failed from one of the origins: then none has begun
   */
  enterAll(origins: readonly Origin[]): void {
    origins.forEach((origin, i) => {
      try {
        this.enter(origin, origins.length === 1 ? 'terminal_id' : `requests[${i}].terminal_id`);
      } catch (error) {
        this.leave(origins.slice(0, i));
        throw error;
      }
    });
  }

  /**
   * Begins a try; `leave` ends it.
   * @param field of the request that names the origin
   * @throws BudgetSpent
   */
  enter(origin: Origin, field: string): void {
    const waitSeconds = this.#budgets.enter(origin, this.#nowMs());
    if (waitSeconds > 0) throw new BudgetSpent(field, waitSeconds);
  }

  /** Records how a try ended. A verdict that was given before is no try. */
  note(caller: string, origin: Origin, { reason, isRepeated }: AttemptResult): void {
    if (isRepeated) return;
    const alarms = this.#budgets.note(origin, FAILURES.includes(reason), this.#nowMs());
    for (const alarm of alarms) this.#alarms.raise(caller, 'Verify', alarm, MEANING);
  }

  leave(origins: readonly Origin[]): void {
    for (const origin of origins) this.#budgets.leave(origin, this.#nowMs());
  }
}

export function originOf({ name, channel }: ChannelCaller, subjectName: string, terminal: string): Origin {
  // A customer has no BIN.
  const bin = subjectName.startsWith(CARD) ? subjectName.slice(CARD.length, CARD.length + BIN_DIGITS) : '';
  // A terminal belongs to its caller: what one caller sends in its name does not count against
  // another.
  return { terminal: terminal && `${name}/${terminal}`, caller: name, channel, bin };
}
