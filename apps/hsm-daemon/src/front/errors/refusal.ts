import type { Metadata, status } from '@grpc/grpc-js';
import { type Details, statusTrailers } from '@ramz/proto';
import type { FaultReason, FaultReply } from '../../boundary/commands.ts';
import { VaultUnavailable } from '../../boundary/vault-link.ts';
import {
  AccessRefused,
  BudgetSpent,
  DaemonStopping,
  MalformedRequest,
  NoTextGateway,
  TooManyWatchers,
  VaultFault,
  WatcherStalled,
} from './front-errors.ts';
import { REASONS, type ReasonName, reasonOfFault } from './reasons.ts';

/** An error as grpc-js sends it: status code, message, trailers. */
export interface GrpcRefusal {
  readonly code: status;
  readonly details: string;
  readonly metadata: Metadata;
  /** The reason in its ErrorInfo. */
  readonly reason: ReasonName;
}

/** Converts an error to its status; returns undefined for an unforeseen one. */
export function refusalOf(error: unknown): GrpcRefusal | undefined {
  if (error instanceof MalformedRequest) {
    const violation = { field: error.field, description: error.description };
    return refusal(error.message, 'MALFORMED_REQUEST', {
      BadRequest: { field_violations: [violation] },
    });
  }
  if (error instanceof AccessRefused) return refusal(error.message, error.reason);
  if (error instanceof VaultFault) return faultRefusal(error.fault);
  if (error instanceof BudgetSpent) {
    const retry = { RetryInfo: { retry_delay: { seconds: error.waitSeconds } } };
    return refusal(error.message, 'BUDGET_SPENT', retry);
  }
  if (error instanceof TooManyWatchers) return refusal(error.message, 'TOO_MANY_WATCHERS');
  if (error instanceof NoTextGateway) return refusal(error.message, 'NO_TEXT_GATEWAY');
  if (error instanceof WatcherStalled) return refusal(error.message, 'WATCHER_STALLED');
  if (error instanceof DaemonStopping) return refusal(error.message, 'STOPPING');
  if (error instanceof VaultUnavailable) {
    return vaultRefusal(error);
  }
  return undefined;
}

function vaultRefusal({ reason, message }: VaultUnavailable): GrpcRefusal {
  switch (reason) {
    case 'queue-full':
      return refusal(message, 'QUEUE_FULL', RETRY_SOON);
    case 'too-many-calls':
      return refusal(message, 'TOO_MANY_CALLS', RETRY_SOON);
    case 'caller-gone':
      return refusal(message, 'CALLER_GONE');
    case 'vault-gone':
      return refusal(message, 'VAULT_UNAVAILABLE');
  }
}

/**
 * Returns the refusal for any other error: a fixed sentence, without a word of the error itself.
 */
export function unforeseen(): GrpcRefusal {
  return refusal('internal error; the operator finds it in the log', 'INTERNAL');
}

const RETRY_SOON: Details = { RetryInfo: { retry_delay: { seconds: 1 } } };

const RETRY_AFTER: Readonly<Partial<Record<FaultReason, Details>>> = {
  'queue-full': RETRY_SOON,
  'locks-spent': { RetryInfo: { retry_delay: { seconds: 60 } } },
};

function faultRefusal({ reason, message, state }: FaultReply): GrpcRefusal {
  const precondition = { violations: [{ type: 'STATE', subject: state, description: message }] };
  const details: Details =
    reason === 'wrong-state' ? { PreconditionFailure: precondition } : (RETRY_AFTER[reason] ?? {});
  return refusal(message, reasonOfFault(reason), details);
}

function refusal(message: string, reason: ReasonName, details: Details = {}): GrpcRefusal {
  const { code } = REASONS[reason];
  return {
    code,
    details: message,
    reason,
    // Made only when sent: a refusal within a stream has no trailers.
    get metadata() {
      return statusTrailers(code, message, reason, details);
    },
  };
}
