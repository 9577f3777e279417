import { status } from '@grpc/grpc-js';
import { SpanStatusCode } from '@opentelemetry/api';
import type { CallTracer, ReadHeader, TracedCall } from './call-tracer.ts';

/** Statuses by which this side says that something is wrong with itself. The others are answers. */
const FAULTS: readonly status[] = [status.INTERNAL, status.UNAVAILABLE, status.DATA_LOSS, status.UNKNOWN];

/** The fields by which a message names whose code it brings; a batch names many. */
interface RoutedCall {
  readonly cardNumber?: string;
  readonly customerNumber?: string;
  readonly requests?: readonly unknown[];
}

/** The span of one call: what was called, for whom (hashed), and how it ended. Of a call that is not sampled it does nothing. */
export class CallTrace {
  readonly #tracer: CallTracer;
  readonly #traced: TracedCall | undefined;
  #hasEnded = false;

  constructor(tracer: CallTracer, path: string, header: ReadHeader) {
    this.#tracer = tracer;
    const traced = tracer.beginCall(path, header);
    this.#traced = traced.span.isRecording() ? traced : undefined;
  }

  /** What the call brought. */
  note(message: unknown): void {
    const { cardNumber, customerNumber, requests } = message as RoutedCall;
    const span = this.#traced?.span;
    if (span === undefined) return;
    if (cardNumber) span.setAttribute('ramz.subject', this.#tracer.hash(`card/${cardNumber}`));
    else if (customerNumber) span.setAttribute('ramz.subject', this.#tracer.hash(`customer/${customerNumber}`));
    if (requests !== undefined) span.setAttribute('ramz.requests', requests.length);
  }

  /** Runs `work` so that what it asks the vault is seen as part of the call. */
  within<T>(work: () => T): T {
    return this.#traced === undefined ? work() : this.#tracer.within(this.#traced, work);
  }

  /** How it ended: the first to say it is right. */
  end(code: status): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const span = this.#traced?.span;
    span?.setAttribute('rpc.grpc.status_code', code);
    if (FAULTS.includes(code)) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
  }
}

/** Runs `work` as part of a call that may not be traced. */
export function inside<T>(trace: CallTrace | undefined, work: () => T): T {
  return trace === undefined ? work() : trace.within(work);
}

/** Begins the trace of a call with these headers. */
export type BeginTrace = (path: string, header: ReadHeader) => CallTrace;
