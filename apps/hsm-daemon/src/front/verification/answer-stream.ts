import type { ServerDuplexStream } from '@grpc/grpc-js';
import { drained } from '../rpc/drained.ts';

/**
 * Answers a stream's requests in their order, at most `away_max` under way. A caller who does not take the answers is
 * not read from any more: what waits for it is bounded. Nothing of a request is kept once it is answered.
 * @param answer an answer; what it throws ends the stream
 */
export function answerStream<Request, Response>(
  call: ServerDuplexStream<Request, Response>,
  away_max: number,
  answer: (request: Request) => Promise<Response>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let away = 0;
    let has_ended = false;
    let writing: Promise<void> = Promise.resolve();
    const write = async (answered: Promise<Response>) => {
      const response = await answered;
      // The caller may have gone meanwhile: what was decided is in the log.
      if (!call.destroyed && !call.cancelled && !call.write(response)) await drained(call);
      away -= 1;
      if (away < away_max) call.resume();
      if (has_ended && away === 0) resolve();
    };
    call.on('data', (request: Request) => {
      away += 1;
      if (away >= away_max) call.pause();
      const answered = answer(request);
      // Told of where it is written; until then it is no unhandled rejection.
      answered.catch(() => {});
      writing = writing.then(() => write(answered));
      writing.catch(reject);
    });
    call.on('end', () => {
      has_ended = true;
      if (away === 0) resolve();
    });
    // Gone without an end: there is nobody to answer.
    call.on('close', resolve);
  });
}
