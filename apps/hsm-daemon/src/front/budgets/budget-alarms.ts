import { Inject, Injectable } from '@nestjs/common';
import { VaultLink } from '../../boundary/vault-link.ts';
import { LOGGER } from '../access/front-tokens.ts';
import type { RpcName } from '../access/roles.ts';
import type { Logger } from '../telemetry/logger.ts';
import { Metrics } from '../telemetry/metrics.ts';
import type { Alarm } from './failure-budgets.ts';

/** Raises the alarm of a spent budget: a metric, a line for operators, an audit entry. */
@Injectable()
export class BudgetAlarms {
  readonly #link: VaultLink;
  readonly #logger: Logger;
  readonly #metrics: Metrics;

  constructor(@Inject(VaultLink) link: VaultLink, @Inject(LOGGER) logger: Logger, @Inject(Metrics) metrics: Metrics) {
    this.#link = link;
    this.#logger = logger;
    this.#metrics = metrics;
  }

  /**
   * @param rpc whose tries failed
   * @param what the alarm means, for the operators' log
   */
  raise(caller: string, rpc: RpcName, alarm: Alarm, what: string): void {
    const { budget, of, tries, failures } = alarm;
    const { per, action, interval_s: intervalSeconds } = budget;
    this.#metrics.alarm(per, action);
    this.#logger.warn({ per, of, tries, failures, interval_s: intervalSeconds, action }, what);
    const reason = `alarm: ${failures} of ${tries} failed in ${intervalSeconds} s, ${per} ${of}`;
    // The audit log keeps it. A vault that is gone is reported elsewhere.
    void this.#link.send({ kind: 'note-refusal', caller, rpc, reason }).catch(() => {});
  }
}
