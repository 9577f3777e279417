import { status } from '@grpc/grpc-js';
import { type ArgumentsHost, Catch, Inject, type RpcExceptionFilter } from '@nestjs/common';
import { type Observable, throwError } from 'rxjs';
import { LOGGER } from '../access/front-tokens.ts';
import { VaultFault } from '../errors/front-errors.ts';
import { type GrpcRefusal, refusalOf, unforeseen } from '../errors/refusal.ts';
import { HealthBoard } from '../health/health-board.ts';
import type { Logger } from '../telemetry/logger.ts';
import { Metrics } from '../telemetry/metrics.ts';

/** Converts errors to gRPC statuses: the only place that does. */
@Catch()
export class RefusalFilter implements RpcExceptionFilter {
  readonly #logger: Logger;
  readonly #health: HealthBoard;
  readonly #metrics: Metrics;

  constructor(
    @Inject(LOGGER) logger: Logger,
    @Inject(HealthBoard) health: HealthBoard,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.#logger = logger;
    this.#health = health;
    this.#metrics = metrics;
  }

  catch(error: unknown, _host: ArgumentsHost): Observable<never> {
    const refusal = this.refusal(error);
    return throwError(() => refusal);
  }

  /** For streams, which end themselves. */
  refusal(error: unknown): GrpcRefusal {
    // An unrequested state, as after a clock jump, is first seen here.
    if (error instanceof VaultFault && error.fault.reason === 'wrong-state') this.#health.show(error.fault.state);
    const refusal = refusalOf(error) ?? this.#unforeseen(error);
    this.#metrics.refused(status[refusal.code] ?? '', refusal.reason);
    return refusal;
  }

  #unforeseen(error: unknown) {
    // Logs the name and where it was thrown, but not the message, which may repeat what a caller
    // sent.
    const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: undefined };
    const frames = stack?.split('\n').filter((line) => line.trimStart().startsWith('at '));
    this.#logger.error({ error: name, frames }, 'unforeseen error in a call');
    return unforeseen();
  }
}
