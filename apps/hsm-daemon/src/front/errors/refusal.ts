import { type Metadata, status } from '@grpc/grpc-js';
import { type Details, statusTrailers } from '@ramz/proto';
import type { FaultReason, FaultReply } from '../../boundary/commands.ts';
import { VaultUnavailable } from '../../boundary/vault-link.ts';
import {
  AccessRefused,
  BudgetSpent,
  DaemonStopping,
  MalformedRequest,
  TooManyWatchers,
  VaultFault,
  WatcherStalled,
} from './front-errors.ts';

/** An error as grpc-js sends it: status code, sentence, trailers. */
export interface GrpcRefusal {
  readonly code: status;
  readonly details: string;
  readonly metadata: Metadata;
  /** As in its ErrorInfo. */
  readonly reason: string;
}

/** What each refusal looks like from outside. Undefined for what nobody foresaw. */
export function refusalOf(error: unknown): GrpcRefusal | undefined {
  if (error instanceof MalformedRequest) {
    const violation = { field: error.field, description: error.description };
    return refusal(status.INVALID_ARGUMENT, error.message, 'MALFORMED_REQUEST', {
      BadRequest: { field_violations: [violation] },
    });
  }
  if (error instanceof AccessRefused) return refusal(ACCESS_CODES[error.reason], error.message, error.reason);
  if (error instanceof VaultFault) return faultRefusal(error.fault);
  if (error instanceof BudgetSpent) {
    const retry = { RetryInfo: { retry_delay: { seconds: error.waitSeconds } } };
    return refusal(status.RESOURCE_EXHAUSTED, error.message, 'BUDGET_SPENT', retry);
  }
  if (error instanceof TooManyWatchers) return refusal(status.RESOURCE_EXHAUSTED, error.message, 'TOO_MANY_WATCHERS');
  if (error instanceof WatcherStalled) return refusal(status.ABORTED, error.message, 'WATCHER_STALLED');
  if (error instanceof DaemonStopping) return refusal(status.UNAVAILABLE, error.message, 'STOPPING');
  if (error instanceof VaultUnavailable) {
    return vaultRefusal(error);
  }
  return undefined;
}

const ACCESS_CODES: Readonly<Record<AccessRefused['reason'], status>> = {
  ROLE_NOT_ALLOWED: status.PERMISSION_DENIED,
  CALLER_BLOCKED: status.PERMISSION_DENIED,
  CERTIFICATE_EXPIRED: status.UNAUTHENTICATED,
  CERTIFICATE_REVOKED: status.UNAUTHENTICATED,
};

function vaultRefusal({ reason, message }: VaultUnavailable): GrpcRefusal {
  switch (reason) {
    case 'queue-full':
      return refusal(status.RESOURCE_EXHAUSTED, message, 'QUEUE_FULL', RETRY_SOON);
    case 'too-many-calls':
      return refusal(status.RESOURCE_EXHAUSTED, message, 'TOO_MANY_CALLS', RETRY_SOON);
    case 'caller-gone':
      return refusal(status.CANCELLED, message, 'CALLER_GONE');
    case 'vault-gone':
      return refusal(status.UNAVAILABLE, message, 'VAULT_UNAVAILABLE');
  }
}

/** For anything else: a fixed sentence, and no word of the error itself. */
export function unforeseen(): GrpcRefusal {
  return refusal(status.INTERNAL, 'internal error; the operator finds it in the log', 'INTERNAL');
}

const RETRY_SOON: Details = { RetryInfo: { retry_delay: { seconds: 1 } } };

const RETRY_AFTER: Readonly<Partial<Record<FaultReason, Details>>> = {
  'queue-full': RETRY_SOON,
  'locks-spent': { RetryInfo: { retry_delay: { seconds: 60 } } },
};

const FAULT_CODES: Readonly<Record<FaultReason, status>> = {
  'wrong-state': status.FAILED_PRECONDITION,
  malformed: status.INVALID_ARGUMENT,
  'channel-not-allowed': status.PERMISSION_DENIED,
  'request-id-reused': status.INVALID_ARGUMENT,
  'public-key-malformed': status.INVALID_ARGUMENT,
  'share-refused': status.INVALID_ARGUMENT,
  'statement-refused': status.FAILED_PRECONDITION,
  'not-found': status.NOT_FOUND,
  'request-memory-full': status.RESOURCE_EXHAUSTED,
  'too-many-tokens': status.FAILED_PRECONDITION,
  'too-much-to-compare': status.INVALID_ARGUMENT,
  'queue-full': status.RESOURCE_EXHAUSTED,
  'caller-blocked': status.PERMISSION_DENIED,
  'locks-spent': status.RESOURCE_EXHAUSTED,
  'store-unavailable': status.UNAVAILABLE,
  'row-broken': status.DATA_LOSS,
};

function faultRefusal({ reason, message, state }: FaultReply): GrpcRefusal {
  const code = FAULT_CODES[reason];
  const precondition = { violations: [{ type: 'STATE', subject: state, description: message }] };
  const details: Details =
    reason === 'wrong-state' ? { PreconditionFailure: precondition } : (RETRY_AFTER[reason] ?? {});
  return refusal(code, message, reason.toUpperCase().replaceAll('-', '_'), details);
}

function refusal(code: status, message: string, reason: string, details: Details = {}): GrpcRefusal {
  return {
    code,
    details: message,
    reason,
    // Made when they are sent: what is refused in a stream goes without.
    get metadata() {
      return statusTrailers(code, message, reason, details);
    },
  };
}
