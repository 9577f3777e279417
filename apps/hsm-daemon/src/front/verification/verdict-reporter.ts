import { Inject, Injectable } from '@nestjs/common';
import type { Purpose } from '@ramz/audit-log';
import type { WireVerifyResponse } from '@ramz/proto';
import type { AttemptResult } from '../../boundary/commands.ts';
import type { ChannelCaller } from '../access/caller.ts';
import type { Origin } from '../budgets/failure-budgets.ts';
import { FailureLimiter } from '../budgets/failure-limiter.ts';
import { Metrics } from '../telemetry/metrics.ts';
import { writeVerdict } from './verification.mapper.ts';

/** Reports each verdict to budgets and metrics on its way to the caller. */
@Injectable()
export class VerdictReporter {
  readonly #budgets: FailureLimiter;
  readonly #metrics: Metrics;

  constructor(@Inject(FailureLimiter) budgets: FailureLimiter, @Inject(Metrics) metrics: Metrics) {
    this.#budgets = budgets;
    this.#metrics = metrics;
  }

  /** @throws Error when the vault gave neither a verdict nor a refusal: a broken invariant */
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
