import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { VaultLink } from '../boundary/vault-link.ts';
import { Admission } from './access/admission.ts';
import { BANK_PROFILE, LOGGER, MONOTONIC_CLOCK, REALM, STOPPING, VERSION, WALL_CLOCK } from './access/front-tokens.ts';
import { ActivationModule } from './activation/activation.module.ts';
import { AuditModule } from './audit/audit.grpc.ts';
import { BudgetAlarms } from './budgets/budget-alarms.ts';
import { FailureLimiter } from './budgets/failure-limiter.ts';
import { CeremonyModule } from './ceremony/ceremony.grpc.ts';
import { DeniedCertificates } from './connections/denied-certificates.ts';
import { EnrolmentModule } from './enrolment/enrolment.grpc.ts';
import { EventsModule } from './events/events.grpc.ts';
import { RefusalFilter } from './filters/refusal.filter.ts';
import type { FrontOptions } from './front-options.ts';
import { HealthBoard } from './health/health-board.ts';
import { KeysModule } from './keys/keys.grpc.ts';
import { LifeCycleModule } from './life-cycle/life-cycle.module.ts';
import { StatusModule } from './status/status.grpc.ts';
import { Metrics } from './telemetry/metrics.ts';
import { TextsModule } from './texts/texts.module.ts';
import { VerificationModule } from './verification/verification.module.ts';

/**
 * Provides what every service may inject: the values that the daemon was started with, and the
 * checks of all calls.
 */
@Module({})
class SharedModule {
  static of(options: FrontOptions): DynamicModule {
    const { link, profile, realm, version, stopping, health, logger, metrics, denied } = options;
    const providers = [
      { provide: VaultLink, useValue: link },
      { provide: BANK_PROFILE, useValue: profile },
      { provide: REALM, useValue: realm },
      { provide: VERSION, useValue: version },
      { provide: STOPPING, useValue: stopping },
      { provide: LOGGER, useValue: logger },
      { provide: HealthBoard, useValue: health },
      { provide: Metrics, useValue: metrics },
      { provide: DeniedCertificates, useValue: denied },
      { provide: MONOTONIC_CLOCK, useValue: () => performance.now() },
      { provide: WALL_CLOCK, useValue: () => Date.now() },
      Admission,
      BudgetAlarms,
      FailureLimiter,
      RefusalFilter,
    ];
    const exports = providers.map((provider) => ('provide' in provider ? provider.provide : provider));
    return {
      module: SharedModule,
      global: true,
      providers: [...providers, { provide: APP_FILTER, useExisting: RefusalFilter }],
      exports,
    };
  }
}

@Module({})
export class FrontModule {
  static of(options: FrontOptions): DynamicModule {
    const services = [
      VerificationModule,
      EnrolmentModule,
      StatusModule,
      CeremonyModule,
      KeysModule,
      AuditModule,
      EventsModule,
      LifeCycleModule,
      TextsModule,
      ActivationModule,
    ];
    return { module: FrontModule, imports: [SharedModule.of(options), ...services] };
  }
}
