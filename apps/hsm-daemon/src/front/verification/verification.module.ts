import { type InjectionToken, Module } from '@nestjs/common';
import { VaultLink } from '../../boundary/vault-link.ts';
import { BudgetGuard } from '../budgets/budget-guard.ts';
import { BANK_PROFILE } from '../front-options.ts';
import { Metrics } from '../telemetry/metrics.ts';
import { ToldVerdicts } from './told-verdicts.ts';
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
    madeOf(ToldVerdicts, BudgetGuard, Metrics),
    madeOf(VerifyTogether, VaultLink, BANK_PROFILE, BudgetGuard, ToldVerdicts),
  ],
})
export class VerificationModule {}
