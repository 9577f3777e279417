import { type ServiceError, status } from '@grpc/grpc-js';
import { reasonIn } from '@ramz/proto';

/** A caller that is told one of these does not know whether there is a verdict. */
const UNDECIDED: readonly string[] = ['UNAVAILABLE', 'DEADLINE_EXCEEDED', 'CANCELLED', 'INTERNAL', 'UNKNOWN'];

/** A call that the daemon refused, or that never reached it. */
export class CallRefused extends Error {
  /** Name of the gRPC status code. */
  readonly code: string;
  /** Reason of the ErrorInfo, when the daemon sent one (docs/architecture.md, "Answers"). */
  readonly reason: string | undefined;
  /** Binary google.rpc.Status with the details, when the daemon sent one. */
  readonly statusDetails: Uint8Array | undefined;
  /** Under which a verdict that was given all the same is told again; undefined when there can be none. */
  readonly requestId: string | undefined;

  /** Whose certificate was shown. */
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

  /** The same of a call for a verdict, that can be asked for again. */
  under(requestId: string): CallRefused {
    if (!UNDECIDED.includes(this.code)) return this;
    return new CallRefused(this.code, this.message, this.caller, this.statusDetails, requestId);
  }

  static from(error: ServiceError | null, caller: string): CallRefused {
    if (error === null) return new CallRefused('INTERNAL', 'the daemon answered nothing', caller);
    const [details] = error.metadata?.get('grpc-status-details-bin') ?? [];
    const bytes = Buffer.isBuffer(details) ? details : undefined;
    return new CallRefused(status[error.code] ?? 'UNKNOWN', error.details, caller, bytes);
  }
}
