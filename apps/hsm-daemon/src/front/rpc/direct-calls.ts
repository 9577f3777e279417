import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import type { ServerGrpc } from '@nestjs/microservices';
import type { AnyCall } from '../access/connection-of.ts';
import type { RefusalFilter } from './refusal.filter.ts';

/** What answers a call: a method of a controller. */
export type Answer = (request: unknown, call: AnyCall) => Promise<unknown>;

/**
 * Has some calls answered by their controllers directly. The framework's way to a controller (a copy of the call,
 * pipes, an observable) costs each call as much as everything else that is done for it here (ADR 0019). What is thrown
 * becomes a status in the same place.
 * @param answers by the path of the call
 */
export function answerDirectly(
  strategy: ServerGrpc,
  answers: ReadonlyMap<string, Answer>,
  filter: Pick<RefusalFilter, 'refusal'>,
): void {
  const byFramework = strategy.createServiceMethod.bind(strategy);
  strategy.createServiceMethod = (handler, method: { readonly path: string }, streaming) => {
    const answer = answers.get(method.path);
    return answer === undefined ? byFramework(handler, method, streaming) : unary(answer, filter);
  };
}

function unary(answer: Answer, filter: Pick<RefusalFilter, 'refusal'>) {
  return async (call: ServerUnaryCall<unknown, unknown>, done: sendUnaryData<unknown>): Promise<void> => {
    let response: unknown;
    try {
      response = await answer(call.request, call);
    } catch (error) {
      return done(filter.refusal(error));
    }
    done(null, response);
  };
}
