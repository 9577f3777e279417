import type { IncomingMessage, ServerResponse } from 'node:http';
import { asNumber, filterOf } from './event-query.ts';
import type { Laboratory } from './laboratory.ts';

/** So much is written ahead of a reader; the rest waits in the log until it has read that. */
const AHEAD_BYTES_MAX = 65_536;
const EVENTS_AT_ONCE = 256;

/**
 * Streams server-sent events with their numbers. A reader resumes with `Last-Event-ID` or
 * `?after=`. It is served from the log at its own speed: a slow one misses nothing that the log
 * still has, and a gap in the numbers shows what it has not.
 * @throws LabRefused
 */
export function streamEvents(
  request: IncomingMessage,
  response: ServerResponse,
  { events }: Laboratory,
  query: URLSearchParams,
): void {
  const resumed = request.headers['last-event-id'];
  const filter = filterOf(query);
  let after = typeof resumed === 'string' ? asNumber(resumed, 'last-event-id') : (filter.after ?? events.last);
  const pump = () => {
    while (response.writableLength < AHEAD_BYTES_MAX) {
      const found = events.list({ ...filter, after }, EVENTS_AT_ONCE);
      if (found.length === 0) return;
      for (const event of found) {
        response.write(`id: ${event.sequence}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`);
        after = event.sequence;
      }
    }
  };
  // May throw, so it comes before the response begins.
  const unwatch = events.watch(pump);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': ramz\n\n');
  response.on('drain', pump);
  response.on('close', unwatch);
  pump();
}
