import {
  type Metadata,
  ResponderBuilder,
  ServerInterceptingCall,
  type ServerInterceptor,
  ServerListenerBuilder,
  status,
} from '@grpc/grpc-js';
import { SpanStatusCode } from '@opentelemetry/api';
import type { CallTracer, TracedCall } from '../telemetry/call-tracer.ts';

/** Statuses by which this side says that something is wrong with itself. The others are answers. */
const FAULTS: readonly status[] = [status.INTERNAL, status.UNAVAILABLE, status.DATA_LOSS, status.UNKNOWN];

/** The fields by which a message names whose code it brings; a batch names many. */
interface Named {
  readonly cardNumber?: string;
  readonly customerNumber?: string;
  readonly requests?: readonly unknown[];
}

/** One span a call: what was called, for whom (hashed), and how it ended. */
export function traceCalls(tracer: CallTracer): ServerInterceptor {
  return ({ path }, call) => {
    let traced: TracedCall | undefined;
    const end = (code: status) => {
      traced?.span.setAttribute('rpc.grpc.status_code', code);
      if (FAULTS.includes(code)) traced?.span.setStatus({ code: SpanStatusCode.ERROR });
      traced?.span.end();
      traced = undefined;
    };
    const inside = (work: () => void) => (traced === undefined ? work() : tracer.within(traced, work));
    const listener = new ServerListenerBuilder()
      .withOnReceiveMetadata((metadata, next) => {
        traced = tracer.beginCall(path, (name) => headerOf(metadata, name));
        inside(() => next(metadata));
      })
      .withOnReceiveMessage((message, next) => {
        if (traced !== undefined) name(traced, message as Named, tracer);
        next(message);
      })
      .withOnReceiveHalfClose((next) => inside(next))
      .withOnCancel(() => end(status.CANCELLED))
      .build();
    const responder = new ResponderBuilder()
      .withStart((next) => next(listener))
      .withSendStatus((outcome, next) => {
        end(outcome.code);
        next(outcome);
      })
      .build();
    return new ServerInterceptingCall(call, responder);
  };
}

function headerOf(metadata: Metadata, name: string): string | undefined {
  const [value] = metadata.get(name);
  return typeof value === 'string' ? value : undefined;
}

function name({ span }: TracedCall, { cardNumber, customerNumber, requests }: Named, tracer: CallTracer): void {
  if (!span.isRecording()) return;
  if (cardNumber) span.setAttribute('ramz.subject', tracer.hash(`card/${cardNumber}`));
  else if (customerNumber) span.setAttribute('ramz.subject', tracer.hash(`customer/${customerNumber}`));
  if (requests !== undefined) span.setAttribute('ramz.requests', requests.length);
}
