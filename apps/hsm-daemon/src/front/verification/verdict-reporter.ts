import { Inject, Injectable } from '@nestjs/common';
import type { Purpose } from '@ramz/audit-log';
import type { WireVerifyResponse } from '@ramz/proto';
import type { AttemptResult } from '../../boundary/commands.ts';
import type { ChannelCaller } from '../access/caller.ts';
import type { Origin } from '../budgets/failure-budgets.ts';
import { FailureLimiter } from '../budgets/failure-limiter.ts';
import { Metrics } from '../telemetry/metrics.ts';
import { writeVerdict } from './verification.mapper.ts';

/** Where each verdict passes on its way out: budgets and metrics hear of it, then the caller. */
@Injectable()
export class VerdictReporter {
  readonly #budgets: FailureLimiter;
  readonly #metrics: Metrics;

  constructor(@Inject(FailureLimiter) budgets: FailureLimiter, @Inject(Metrics) metrics: Metrics) {
    this.#budgets = budgets;
    this.#metrics = metrics;
  }

  /** A vault that gives no verdict and no refusal has broken an invariant. */
  report(
    caller: ChannelCaller,
    purpose: Purpose,
    origin: Origin,
    result: AttemptResult | undefined,
  ): WireVerifyResponse {
    if (result === undefined) throw new Error('the vault gave no verdict');
    this.#budgets.note(caller.name, origin, result);
    this.#metrics.verdict(caller.channel, purpose, result);
    return writeVerdict(result, caller.diagnose);
  }
}
