import { type ServiceError, status } from '@grpc/grpc-js';
import { reasonIn } from '../front/rpc/status-details.ts';

/** A caller that is told one of these does not know whether there is a verdict. */
const UNDECIDED: readonly string[] = ['UNAVAILABLE', 'DEADLINE_EXCEEDED', 'CANCELLED', 'INTERNAL', 'UNKNOWN'];

/** A call that the daemon refused, or that never reached it. */
export class CallRefused extends Error {
  /** Name of the gRPC status code. */
  readonly code: string;
  /** Reason of the ErrorInfo, when the daemon sent one (docs/architecture.md, "Answers"). */
  readonly reason: string | undefined;
  /** Binary google.rpc.Status with the details, when the daemon sent one. */
  readonly status_details: Uint8Array | undefined;
  /** Under which a verdict that was given all the same is told again; undefined when there can be none. */
  readonly request_id: string | undefined;

  /** Whose certificate was shown. */
  readonly caller: string;

  constructor(code: string, message: string, caller: string, status_details?: Uint8Array, request_id?: string) {
    super(message);
    this.name = 'CallRefused';
    this.code = code;
    this.reason = status_details === undefined ? undefined : reasonIn(status_details);
    this.status_details = status_details;
    this.request_id = request_id;
    this.caller = caller;
  }

  /** The same of a call for a verdict, that can be asked for again. */
  under(request_id: string): CallRefused {
    if (!UNDECIDED.includes(this.code)) return this;
    return new CallRefused(this.code, this.message, this.caller, this.status_details, request_id);
  }

  static from(error: ServiceError | null, caller: string): CallRefused {
    if (error === null) return new CallRefused('INTERNAL', 'the daemon answered nothing', caller);
    const [details] = error.metadata?.get('grpc-status-details-bin') ?? [];
    const bytes = Buffer.isBuffer(details) ? details : undefined;
    return new CallRefused(status[error.code] ?? 'UNKNOWN', error.details, caller, bytes);
  }
}
