import { type ServiceError, status } from '@grpc/grpc-js';
import { reasonIn } from '@ramz/proto';

/** Status codes after which the caller does not know whether there is a verdict. */
const UNDECIDED: readonly string[] = ['UNAVAILABLE', 'DEADLINE_EXCEEDED', 'CANCELLED', 'INTERNAL', 'UNKNOWN'];

/** A call that the daemon rejected, or that never reached it. */
export class CallRefused extends Error {
  /** Name of the gRPC status code. */
  readonly code: string;
  /** Reason of the ErrorInfo, when the daemon sent one (docs/reference/errors.md). */
  readonly reason: string | undefined;
  /** Binary google.rpc.Status with the details, when the daemon sent one. */
  readonly statusDetails: Uint8Array | undefined;
  /** Request id to fetch a verdict that may have been given; undefined when there can be none. */
  readonly requestId: string | undefined;

  /** Name of the certificate that was shown. */
  readonly caller: string;

  constructor(code: string, message: string, caller: string, statusDetails?: Uint8Array, requestId?: string) {
    super(message);
    this.name = 'CallRefused';
    this.code = code;
    this.reason = statusDetails === undefined ? undefined : reasonIn(statusDetails);
    this.statusDetails = statusDetails;
    this.requestId = requestId;
    this.caller = caller;
  }

  /** Returns this error with the request id, if the call may have led to a verdict. */
  under(requestId: string): CallRefused {
    if (!UNDECIDED.includes(this.code)) return this;
    return new CallRefused(this.code, this.message, this.caller, this.statusDetails, requestId);
  }

  static from(error: ServiceError | null, caller: string): CallRefused {
    if (error === null) return new CallRefused('INTERNAL', 'the daemon returned no response', caller);
    const [details] = error.metadata?.get('grpc-status-details-bin') ?? [];
    const bytes = Buffer.isBuffer(details) ? details : undefined;
    return new CallRefused(status[error.code] ?? 'UNKNOWN', error.details, caller, bytes);
  }
}
