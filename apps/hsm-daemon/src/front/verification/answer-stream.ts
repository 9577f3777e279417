import type { ServerDuplexStream } from '@grpc/grpc-js';

type Outcome<Response> = { readonly response: Response } | { readonly error: unknown };

/** A request that was read: its answer, or why there is none, once that is known. */
interface Place<Response> {
  outcome?: Outcome<Response>;
}

/**
 * Answers a stream's requests in their order, at most `away_max` under way. A caller who does not take the answers is
 * not read from any more: what waits for it is no more than was under way. Nothing of a request is kept once it is
 * answered.
 * @param answer an answer; what it throws ends the stream
 */
export function answerStream<Request, Response>(
  call: ServerDuplexStream<Request, Response>,
  away_max: number,
  answer: (request: Request) => Promise<Response>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const away: Place<Response>[] = [];
    let has_ended = false;
    let is_full = false;
    let has_failed = false;
    const read = () => {
      if (has_failed) return;
      if (is_full || away.length >= away_max) call.pause();
      else if (call.isPaused()) call.resume();
      if (has_ended && away.length === 0 && !is_full) resolve();
    };
    const fail = (error: unknown) => {
      has_failed = true;
      call.pause();
      reject(error);
    };
    const write = () => {
      if (has_failed) return;
      for (let first = away[0]?.outcome; first !== undefined; first = away[0]?.outcome) {
        if ('error' in first) return fail(first.error);
        away.shift();
        // The caller may have gone meanwhile: what was decided is in the log.
        if (!call.destroyed && !call.cancelled && !call.write(first.response)) is_full = true;
      }
      read();
    };
    call.on('drain', () => {
      is_full = false;
      read();
    });
    call.on('data', (request: Request) => {
      // What was read already when the stream failed.
      if (has_failed) return;
      const place: Place<Response> = {};
      away.push(place);
      const settle = (outcome: Outcome<Response>) => {
        place.outcome = outcome;
        write();
      };
      answer(request).then(
        (response) => settle({ response }),
        (error: unknown) => settle({ error }),
      );
      read();
    });
    call.on('end', () => {
      has_ended = true;
      read();
    });
    // Gone without an end: there is nobody to answer.
    call.on('close', resolve);
  });
}
