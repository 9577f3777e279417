import { status } from '@grpc/grpc-js';
import type { CallTracer, ReadHeader, TracedCall } from './call-tracer.ts';

/** Statuses that report a fault of this side. All others are regular answers. */
const FAULTS: readonly status[] = [status.INTERNAL, status.UNAVAILABLE, status.DATA_LOSS, status.UNKNOWN];

/** The fields that name the subject of a message's code; a batch names many. */
interface RoutedCall {
  readonly cardNumber?: string;
  readonly customerNumber?: string;
  readonly requests?: readonly unknown[];
}

/**
 * The span of one call: what was called, for whom (hashed), and how it ended. Does nothing for a
 * call that is not sampled.
 */
export class CallTrace {
  readonly #tracer: CallTracer;
  readonly #traced: TracedCall | undefined;
  #hasEnded = false;

  constructor(tracer: CallTracer, path: string, header: ReadHeader) {
    this.#tracer = tracer;
    const traced = tracer.beginCall(path, header);
    this.#traced = traced.span.isRecording() ? traced : undefined;
  }

  /** Records whom the request is for, and how many requests a batch has. */
  note(message: unknown): void {
    const { cardNumber, customerNumber, requests } = message as RoutedCall;
    const span = this.#traced?.span;
    if (span === undefined) return;
    if (cardNumber) span.setAttribute('ramz.subject', this.#tracer.hash(`card/${cardNumber}`));
    else if (customerNumber) span.setAttribute('ramz.subject', this.#tracer.hash(`customer/${customerNumber}`));
    if (requests !== undefined) span.setAttribute('ramz.requests', requests.length);
  }

  /** Runs `work` so that its vault commands appear as part of the call. */
  within<T>(work: () => T): T {
    return this.#traced === undefined ? work() : this.#tracer.within(this.#traced, work);
  }

  /** Ends the span with a status. Only the first call counts. */
  end(code: status): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    if (this.#traced !== undefined) this.#tracer.endCall(this.#traced, code, FAULTS.includes(code));
  }
}

/** Runs `work` as part of a call, which may not be traced. */
export function inside<T>(trace: CallTrace | undefined, work: () => T): T {
  return trace === undefined ? work() : trace.within(work);
}

/** Begins the trace of a call with these headers. */
export type BeginTrace = (path: string, header: ReadHeader) => CallTrace;
