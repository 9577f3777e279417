import { type InjectionToken, Module } from '@nestjs/common';
import { VaultLink } from '../../boundary/vault-link.ts';
import { FailureLimiter } from '../budgets/failure-limiter.ts';
import { BANK_PROFILE } from '../front-options.ts';
import { Metrics } from '../telemetry/metrics.ts';
import { VerdictReporter } from './verdict-reporter.ts';
import { VerificationController } from './verification.grpc.ts';
import { VerifyStreamController } from './verify-stream.grpc.ts';
import { VerifyTogether } from './verify-together.ts';

/** Said one by one: of a constructor's types nothing is left when it runs. */
const madeOf = <T, A extends unknown[]>(made: new (...of: A) => T, ...inject: { [K in keyof A]: InjectionToken }) => ({
  provide: made,
  useFactory: (...of: A) => new made(...of),
  inject,
});

@Module({
  controllers: [VerificationController, VerifyStreamController],
  providers: [
    madeOf(VerdictReporter, FailureLimiter, Metrics),
    madeOf(VerifyTogether, VaultLink, BANK_PROFILE, FailureLimiter, VerdictReporter),
  ],
})
export class VerificationModule {}
