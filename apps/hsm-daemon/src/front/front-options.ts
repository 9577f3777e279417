import type { ServerCredentials } from '@grpc/grpc-js';
import type { BankProfile } from '@ramz/bank-profile';
import type { VaultLink } from '../boundary/vault-link.ts';
import type { DeniedCertificates } from './connections/denied-certificates.ts';
import type { OpenConnections } from './connections/open-connections.ts';
import type { HealthBoard } from './health/health-board.ts';
import type { CallTracer } from './telemetry/call-tracer.ts';
import type { Logger } from './telemetry/logger.ts';
import type { Metrics } from './telemetry/metrics.ts';

/** Everything the front is made of. None of it is a key of a card, a code or a custodian. */
export interface FrontOptions {
  readonly link: VaultLink;
  readonly profile: BankProfile;
  readonly realm: 'test' | 'live';
  readonly version: string;
  readonly host: string;
  readonly port: number;
  /** Mutual TLS. The front cannot start without it. */
  readonly credentials: ServerCredentials;
  readonly connections: OpenConnections;
  readonly denied: DeniedCertificates;
  /** Ends calls that would never end by themselves. */
  readonly stopping: AbortSignal;
  readonly health: HealthBoard;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Undefined when no one collects spans. No call pays for them then. */
  readonly tracer: CallTracer | undefined;
}
