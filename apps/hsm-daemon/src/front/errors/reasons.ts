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
      'A field is malformed: length, letters, full-width digits, spaces, NUL, Luhn digit. BadRequest names the field.',
    next: 'Fix the request. It was not counted as a try.',
  },
  REQUEST_ID_REUSED: {
    code: status.INVALID_ARGUMENT,
    meaning: 'Another request of this caller had this request id within 24 hours.',
    next: 'Use a new id for a new request.',
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
    meaning: 'A statement is signed wrongly, or comes at the wrong time or from the wrong person.',
    next: 'The message says what to do.',
  },
  SHARE_REFUSED: {
    code: status.INVALID_ARGUMENT,
    meaning: "A share is damaged, repeated or of another ceremony. The message says which custodian's.",
    next: 'Give the right share.',
  },
  NOT_FOUND: {
    code: status.NOT_FOUND,
    meaning: 'These minutes or this checkpoint do not exist.',
    next: 'Check the name.',
  },
  ROLE_NOT_ALLOWED: {
    code: status.PERMISSION_DENIED,
    meaning: 'The role of the certificate may not make this call.',
    next: 'Use a certificate of the right role.',
  },
  CERTIFICATE_EXPIRED: {
    code: status.UNAUTHENTICATED,
    meaning: 'The certificate expired, also on a connection that is open.',
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
    next: 'Use the right purpose. It was not counted as a try.',
  },
  LOCKS_SPENT: {
    code: status.RESOURCE_EXHAUSTED,
    meaning: "This caller has locked as many cards as it may in a minute, and the code could be the card's last try.",
    next: 'Retry after RetryInfo. It was not counted as a try.',
  },
  BUDGET_SPENT: {
    code: status.RESOURCE_EXHAUSTED,
    meaning: 'Too many wrong codes came from this terminal. No card is locked by it.',
    next: 'Retry after RetryInfo.',
  },
  WRONG_STATE: {
    code: status.FAILED_PRECONDITION,
    meaning: 'The daemon is sealed, not initialized, or its clock jumped. PreconditionFailure names the state.',
    next: 'Inform the operator; see [states](states.md).',
  },
  QUEUE_FULL: {
    code: status.RESOURCE_EXHAUSTED,
    meaning:
      'More calls wait than the vault decides in 60 ms, or too many heavy calls at once (customers with hundreds of tokens).',
    next: 'Retry after RetryInfo, with the same request id.',
  },
  TOO_MANY_CALLS: {
    code: status.RESOURCE_EXHAUSTED,
    meaning: 'More calls of this caller wait than its share of the vault.',
    next: 'Wait for answers, then retry.',
  },
  REQUEST_MEMORY_FULL: {
    code: status.RESOURCE_EXHAUSTED,
    meaning: 'The vault remembers as many request ids of the last 24 hours as it can hold.',
    next: 'Retry later, with the same request id; inform the operator.',
  },
  TOO_MUCH_TO_COMPARE: {
    code: status.INVALID_ARGUMENT,
    meaning: 'The codes would be compared with more than 32,768 steps of tokens. It is in the log.',
    next: 'Name each token (`token_serial`), or send fewer codes at once.',
  },
  TOO_MANY_TOKENS: {
    code: status.FAILED_PRECONDITION,
    meaning: 'The subject would have more tokens than the profile allows.',
    next: 'Replace a token, or change the profile.',
  },
  TOO_MANY_WATCHERS: {
    code: status.RESOURCE_EXHAUSTED,
    meaning: '32 watchers of events are connected, or 8 of this caller.',
    next: 'End one, or let one watch for several.',
  },
  WATCHER_STALLED: {
    code: status.ABORTED,
    meaning: 'A watcher read nothing for a minute. The log keeps its events.',
    next: 'Watch again from the event after the last one seen.',
  },
  STOPPING: {
    code: status.UNAVAILABLE,
    meaning: 'The daemon stops. Calls in flight are answered; then streams and watchers end with this.',
    next: 'Use another daemon, or retry with the same request id when this one is up.',
  },
  STORE_UNAVAILABLE: {
    code: status.UNAVAILABLE,
    meaning: 'The database does not answer, did not say whether it committed, or the disk is full.',
    next: 'Retry with the same request id.',
  },
  VAULT_UNAVAILABLE: {
    code: status.UNAVAILABLE,
    meaning: 'The vault has ended. Whether the call was decided is not known.',
    next: 'Retry with the same request id.',
  },
  ROW_BROKEN: {
    code: status.DATA_LOSS,
    meaning: 'Another program wrote a row of the database. The message names it; other cards are decided.',
    next: 'Inform the operator.',
  },
  CALLER_GONE: {
    code: status.CANCELLED,
    meaning: 'The caller ended the call before it was decided.',
    next: 'Nothing, or retry with the same request id.',
  },
  INTERNAL: {
    code: status.INTERNAL,
    meaning: 'An error that was not foreseen. The message is always the same sentence.',
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
