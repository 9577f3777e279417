// Every reason that an ErrorInfo can carry: its gRPC status, its meaning, and what the caller does
// next. docs/reference/errors.md is made of this table.
import { status } from '@grpc/grpc-js';
import type { FaultReason } from '../../boundary/commands.ts';

interface Reason {
  readonly code: status;
  readonly meaning: string;
  readonly next: string;
}

export const REASONS = {
  MALFORMED_REQUEST: {
    code: status.INVALID_ARGUMENT,
    meaning:
      'A field is malformed: wrong length, letters, full-width digits, spaces, NUL, or a wrong Luhn digit. BadRequest names the field.',
    next: 'Fix the request. It was not counted as a try.',
  },
  REQUEST_ID_REUSED: {
    code: status.INVALID_ARGUMENT,
    meaning: 'This caller used the request id for another request in the last 24 hours.',
    next: 'Use a new id for each new request.',
  },
  PUBLIC_KEY_MALFORMED: {
    code: status.INVALID_ARGUMENT,
    meaning: "A token's or custodian's key is not a valid X25519 public key.",
    next: 'Send the key of a real token or key file.',
  },
  MALFORMED: {
    code: status.INVALID_ARGUMENT,
    meaning: 'The bytes are not a statement.',
    next: 'Send canonical JSON with a signature.',
  },
  STATEMENT_REFUSED: {
    code: status.FAILED_PRECONDITION,
    meaning: 'A statement has a wrong signature, or arrived at the wrong time or from the wrong person.',
    next: 'The message says what to do.',
  },
  SHARE_REFUSED: {
    code: status.INVALID_ARGUMENT,
    meaning: 'A share is damaged, repeated or of another ceremony. The message names the custodian.',
    next: 'Give the right share.',
  },
  NOT_FOUND: {
    code: status.NOT_FOUND,
    meaning: 'The minutes or the checkpoint do not exist.',
    next: 'Check the name.',
  },
  ROLE_NOT_ALLOWED: {
    code: status.PERMISSION_DENIED,
    meaning: 'The role of the certificate may not make this call.',
    next: 'Use a certificate of the right role.',
  },
  CERTIFICATE_EXPIRED: {
    code: status.UNAUTHENTICATED,
    meaning: 'The certificate has expired. This is also checked on open connections.',
    next: 'Renew the certificate.',
  },
  CERTIFICATE_REVOKED: {
    code: status.UNAUTHENTICATED,
    meaning: 'The certificate is in a revocation list or in `denied.txt`.',
    next: 'Ask the operator.',
  },
  CALLER_BLOCKED: {
    code: status.PERMISSION_DENIED,
    meaning: 'An operator blocked this caller by name.',
    next: 'Ask the operator.',
  },
  CHANNEL_NOT_ALLOWED: {
    code: status.PERMISSION_DENIED,
    meaning: "The bank's profile accepts no code of this purpose from the caller's channel.",
    next: 'Use the right purpose. The code was not counted as a try.',
  },
  LOCKS_SPENT: {
    code: status.RESOURCE_EXHAUSTED,
    meaning:
      'This caller has reached its limit of locked cards in a minute, and a wrong code could lock one more card.',
    next: 'Retry after the delay in RetryInfo. The code was not counted as a try.',
  },
  BUDGET_SPENT: {
    code: status.RESOURCE_EXHAUSTED,
    meaning: 'Too many wrong codes came from this terminal. This locks no card.',
    next: 'Retry after the delay in RetryInfo.',
  },
  WRONG_STATE: {
    code: status.FAILED_PRECONDITION,
    meaning: 'The daemon is sealed, not initialized, or its clock jumped. PreconditionFailure names the state.',
    next: 'Inform the operator; see [states](states.md).',
  },
  QUEUE_FULL: {
    code: status.RESOURCE_EXHAUSTED,
    meaning:
      'Too many calls wait: more than the vault decides in 60 ms, or too many heavy calls (customers with hundreds of tokens).',
    next: 'Retry after the delay in RetryInfo, with the same request id.',
  },
  TOO_MANY_CALLS: {
    code: status.RESOURCE_EXHAUSTED,
    meaning: 'More calls of this caller wait than its share of the vault allows.',
    next: 'Wait for answers, then retry.',
  },
  REQUEST_MEMORY_FULL: {
    code: status.RESOURCE_EXHAUSTED,
    meaning: 'The memory for the request ids of the last 24 hours is full.',
    next: 'Retry later, with the same request id; inform the operator.',
  },
  TOO_MUCH_TO_COMPARE: {
    code: status.INVALID_ARGUMENT,
    meaning: 'The codes would be compared with more than 32,768 steps of tokens. The refusal is in the log.',
    next: 'Name each token (`token_serial`), or send fewer codes at once.',
  },
  TOO_MANY_TOKENS: {
    code: status.FAILED_PRECONDITION,
    meaning: 'The subject would have more tokens than the profile allows.',
    next: 'Replace a token, or change the profile.',
  },
  TOO_MANY_ACTS: {
    code: status.RESOURCE_EXHAUSTED,
    meaning:
      'This card or customer had 32 unblocks, found tokens or permissions, or as many requests for codes, in 24 hours.',
    next: 'Retry later; a program that loops causes this.',
  },
  TOO_MUCH_TO_RECORD: {
    code: status.INVALID_ARGUMENT,
    meaning: 'An entry of the audit log has no room for all that the request names.',
    next: 'Send less at once.',
  },
  CODES_NOT_SEALED: {
    code: status.INVALID_ARGUMENT,
    meaning: 'The codes of an activation are not sealed to the activation key of the epoch that the request names.',
    next: 'Ask for the activation key again (GetActivationKey), and seal to it. It was not counted as a try.',
  },
  NO_TEXT_GATEWAY: {
    code: status.FAILED_PRECONDITION,
    meaning:
      'No text gateway waits at this daemon (WatchTexts), so an activation would have no text. Nothing was done.',
    next: 'Inform the operator, who starts the gateway; then retry.',
  },
  NOT_IN_PROFILE: {
    code: status.FAILED_PRECONDITION,
    meaning: "The bank's profile has no second PIN of such a subject, or no such activation.",
    next: 'Use another act, or change the profile.',
  },
  DIRECT_ENROLMENT: {
    code: status.FAILED_PRECONDITION,
    meaning: 'Enrol is taken in the test realm only, and only where the profile says so (D-27).',
    next: 'Enrol through an activation.',
  },
  SUBJECT_BLOCKED: {
    code: status.FAILED_PRECONDITION,
    meaning: 'The second PIN is blocked (M-33).',
    next: 'Lift the block at a branch (UnblockSecondPin).',
  },
  SUBJECT_CLOSED: {
    code: status.FAILED_PRECONDITION,
    meaning: "The bank's core closed this card or customer.",
    next: 'The core puts it again (PutSubject).',
  },
  REPLAY_PENDING: {
    code: status.FAILED_PRECONDITION,
    meaning: 'The store was restored, and the core has not yet said that all its subjects are sent again (D-23).',
    next: 'The core calls PutSubject for each subject, then EndReplay.',
  },
  TOO_MANY_WATCHERS: {
    code: status.RESOURCE_EXHAUSTED,
    meaning: '32 watchers of events are already connected, or 8 watchers of this caller.',
    next: 'Disconnect a watcher, or share one watcher between several programs.',
  },
  WATCHER_STALLED: {
    code: status.ABORTED,
    meaning: 'The watcher read nothing for a minute. Its events are still in the log.',
    next: 'Watch again, from the event after the last event that you read.',
  },
  STOPPING: {
    code: status.UNAVAILABLE,
    meaning:
      'The daemon is shutting down. It answers the calls in flight, then ends streams and watchers with this reason.',
    next: 'Use another daemon, or retry with the same request id when this daemon is up again.',
  },
  STORE_UNAVAILABLE: {
    code: status.UNAVAILABLE,
    meaning: 'The database does not answer, it is unknown whether the database committed, or the disk is full.',
    next: 'Retry with the same request id.',
  },
  VAULT_UNAVAILABLE: {
    code: status.UNAVAILABLE,
    meaning: 'The vault process has ended. It is unknown whether the call was decided.',
    next: 'Retry with the same request id.',
  },
  ROW_BROKEN: {
    code: status.DATA_LOSS,
    meaning:
      'Another program changed a row of the database. The message names the row. Codes of other cards are decided as usual.',
    next: 'Inform the operator.',
  },
  CALLER_GONE: {
    code: status.CANCELLED,
    meaning: 'The caller ended the call before it was decided.',
    next: 'Nothing, or retry with the same request id.',
  },
  INTERNAL: {
    code: status.INTERNAL,
    meaning: 'An unexpected error. The message is always the same sentence.',
    next: 'Retry with the same request id; the operator finds the error in the log.',
  },
} as const satisfies Readonly<Record<string, Reason>>;

export type ReasonName = keyof typeof REASONS;

/** `wrong-state` is WRONG_STATE. */
type NameOf<Fault extends string> = Fault extends `${infer First}-${infer Rest}`
  ? `${Uppercase<First>}_${NameOf<Rest>}`
  : Uppercase<Fault>;

/** Returns the name that a fault of the vault has in an ErrorInfo. */
export function reasonOfFault(fault: FaultReason): NameOf<FaultReason> {
  return fault.toUpperCase().replaceAll('-', '_') as NameOf<FaultReason>;
}
