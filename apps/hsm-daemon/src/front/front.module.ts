import { type DynamicModule, Module } from '@nestjs/common';
import { VaultLink } from '../boundary/vault-link.ts';
import { Admission } from './access/admission.ts';
import { AuditModule } from './audit/audit.module.ts';
import { FailureLimiter } from './budgets/failure-limiter.ts';
import { CeremonyModule } from './ceremony/ceremony.module.ts';
import { EnrolmentModule } from './enrolment/enrolment.module.ts';
import { EventsModule } from './events/events.module.ts';
import { BANK_PROFILE, type FrontOptions, STOPPING, VERSION } from './front-options.ts';
import { HealthBoard } from './health/health-board.ts';
import { KeysModule } from './keys/keys.module.ts';
import { RefusalFilter } from './rpc/refusal.filter.ts';
import { StatusModule } from './status/status.module.ts';
import { Metrics } from './telemetry/metrics.ts';
import { VerificationModule } from './verification/verification.module.ts';

/** What all services share, made once outside and handed in. */
@Module({})
class SharedModule {
  static of({ link, profile, realm, version, stopping, health, logger, metrics, denied }: FrontOptions): DynamicModule {
    const providers = [
      { provide: VaultLink, useValue: link },
      { provide: Admission, useValue: new Admission(link, realm, denied, () => performance.now()) },
      { provide: BANK_PROFILE, useValue: profile },
      { provide: VERSION, useValue: version },
      { provide: STOPPING, useValue: stopping },
      { provide: HealthBoard, useValue: health },
      {
        provide: FailureLimiter,
        useValue: new FailureLimiter(profile.budgets, link, logger, metrics, () => Date.now()),
      },
      { provide: Metrics, useValue: metrics },
      { provide: RefusalFilter, useValue: new RefusalFilter(logger, health, metrics) },
    ];
    const exports = providers.map(({ provide }) => provide);
    return { module: SharedModule, global: true, providers, exports };
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
    ];
    return { module: FrontModule, imports: [SharedModule.of(options), ...services] };
  }
}
