import { Inject, Injectable } from '@nestjs/common';
import type { VerdictReason } from '@ramz/audit-log';
import type { BankProfile } from '@ramz/bank-profile';
import type { AttemptResult } from '../../boundary/commands.ts';
import { VaultLink } from '../../boundary/vault-link.ts';
import type { ChannelCaller } from '../access/caller.ts';
import { BANK_PROFILE, LOGGER, WALL_CLOCK } from '../access/front-tokens.ts';
import { BudgetSpent } from '../errors/front-errors.ts';
import type { Logger } from '../telemetry/logger.ts';
import { Metrics } from '../telemetry/metrics.ts';
import { type Alarm, FailureBudgets, type Origin } from './failure-budgets.ts';

const BIN_DIGITS = 6;
const CARD = 'card/';
/** What somebody who guesses hears. A used code repeated, and a lock met again, are no guesses (D-12). */
const FAILURES: readonly VerdictReason[] = [
  'wrong-code',
  'locked-now',
  'slow-locked-now',
  'card-locked-now',
  'not-enrolled',
];

/** Asks the budgets before codes go to the vault, and tells them how they ended. */
@Injectable()
export class FailureLimiter {
  readonly #budgets: FailureBudgets;
  readonly #link: VaultLink;
  readonly #logger: Logger;
  readonly #metrics: Metrics;
  readonly #nowMs: () => number;

  constructor(
    @Inject(BANK_PROFILE) profile: Pick<BankProfile, 'budgets'>,
    @Inject(VaultLink) link: VaultLink,
    @Inject(LOGGER) logger: Logger,
    @Inject(Metrics) metrics: Metrics,
    @Inject(WALL_CLOCK) nowMs: () => number,
  ) {
    this.#budgets = new FailureBudgets(profile.budgets);
    this.#link = link;
    this.#logger = logger;
    this.#metrics = metrics;
    this.#nowMs = nowMs;
  }

  /**
   * Tries of one call begin, in this order; `leave` ends them.
   * @throws BudgetSpent when one comes from where too many failed: then none has begun
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

  /** A try begins: `leave` ends it. @param field of the request that says where it comes from. @throws BudgetSpent */
  enter(origin: Origin, field: string): void {
    const waitSeconds = this.#budgets.enter(origin, this.#nowMs());
    if (waitSeconds > 0) throw new BudgetSpent(field, waitSeconds);
  }

  /** How a try ended. A verdict that was given before is no try. */
  note(caller: string, origin: Origin, { reason, isRepeated }: AttemptResult): void {
    if (isRepeated) return;
    const alarms = this.#budgets.note(origin, FAILURES.includes(reason), this.#nowMs());
    for (const alarm of alarms) this.#raise(caller, alarm);
  }

  leave(origins: readonly Origin[]): void {
    for (const origin of origins) this.#budgets.leave(origin, this.#nowMs());
  }

  #raise(caller: string, { budget: { per, action, interval_s: intervalSeconds }, of, tries, failures }: Alarm): void {
    const alarm = { per, of, tries, failures, interval_s: intervalSeconds, action };
    this.#metrics.alarm(per, action);
    this.#logger.warn(alarm, 'many wrong codes: somebody may be guessing over many cards');
    const reason = `alarm: ${failures} of ${tries} failed in ${intervalSeconds} s, ${per} ${of}`;
    // The log keeps it; a vault that is gone is told of elsewhere.
    void this.#link.send({ kind: 'note-refusal', caller, rpc: 'Verify', reason }).catch(() => {});
  }
}

export function originOf({ name, channel }: ChannelCaller, subjectName: string, terminal: string): Origin {
  // Of a customer there is none.
  const bin = subjectName.startsWith(CARD) ? subjectName.slice(CARD.length, CARD.length + BIN_DIGITS) : '';
  // A terminal is its caller's: what one caller sends in its name is no other's fault.
  return { terminal: terminal && `${name}/${terminal}`, caller: name, channel, bin };
}
