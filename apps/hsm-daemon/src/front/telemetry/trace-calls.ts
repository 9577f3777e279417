import {
  type Metadata,
  ResponderBuilder,
  ServerInterceptingCall,
  type ServerInterceptor,
  ServerListenerBuilder,
  status,
} from '@grpc/grpc-js';
import { type BeginTrace, type CallTrace, inside } from './call-trace.ts';

/** Creates one span per call that the library answers. */
export function traceCalls(beginTrace: BeginTrace): ServerInterceptor {
  return ({ path }, call) => {
    let trace: CallTrace | undefined;
    const listener = new ServerListenerBuilder()
      .withOnReceiveMetadata((metadata, next) => {
        trace = beginTrace(path, (name) => headerOf(metadata, name));
        inside(trace, () => next(metadata));
      })
      .withOnReceiveMessage((message, next) => {
        trace?.note(message);
        next(message);
      })
      .withOnReceiveHalfClose((next) => inside(trace, next))
      .withOnCancel(() => trace?.end(status.CANCELLED))
      .build();
    const responder = new ResponderBuilder()
      .withStart((next) => next(listener))
      .withSendStatus((outcome, next) => {
        trace?.end(outcome.code);
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
