import { once } from 'node:events';
import type { ServerDuplexStream } from '@grpc/grpc-js';

/**
 * Answers a stream's requests in their order, at most `away_max` under way. A caller who does not take the answers is
 * not read from any more: what waits for it is bounded.
 * @param answer an answer; what it throws ends the stream
 */
export async function answerStream<Request, Response>(
  call: ServerDuplexStream<Request, Response>,
  away_max: number,
  answer: (request: Request) => Promise<Response>,
): Promise<void> {
  const away: Promise<Response>[] = [];
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => {});
  const writeFirst = async () => {
    const response = await away.shift();
    // The caller may have gone meanwhile: what was decided is in the log.
    if (response === undefined || call.destroyed || call.cancelled) return;
    if (!call.write(response)) await Promise.race([once(call, 'drain'), once(call, 'close'), once(call, 'cancelled')]);
  };
  let writing: Promise<void> = Promise.resolve();
  // The status is still to be sent when the requests have ended, and when they are broken off.
  const requests = call.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Request>;
  for (;;) {
    const { done, value } = await Promise.race([requests.next(), failed.promise]);
    if (done === true) break;
    const answered = answer(value);
    // Told of where it is written; until then it is no unhandled rejection.
    answered.catch(() => {});
    away.push(answered);
    writing = writing.then(writeFirst);
    writing.catch(failed.reject);
    if (away.length >= away_max) await writing;
  }
  await writing;
}
