import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LabEvent } from './event-log.ts';
import type { Laboratory } from './laboratory.ts';

/** A reader with more unread bytes is disconnected; it resumes from the last number it saw. */
const UNREAD_BYTES_MAX = 1_048_576;
const CAUGHT_UP_MAX = 20_000;

/**
 * Streams server-sent events with their numbers. A reader resumes with `Last-Event-ID` or
 * `?after=`.
 */
export function streamEvents(
  request: IncomingMessage,
  response: ServerResponse,
  { events }: Laboratory,
  query: URLSearchParams,
): void {
  const after = Number(request.headers['last-event-id'] ?? query.get('after') ?? events.last);
  const token = query.get('token') ?? undefined;
  const write = (event: LabEvent) => {
    if (token !== undefined && event.token !== token) return;
    response.write(`id: ${event.sequence}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`);
    if (response.writableLength > UNREAD_BYTES_MAX) response.destroy();
  };
  // May throw, so it comes before the response begins.
  const unwatch = events.watch(write);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': ramz\n\n');
  for (const event of events.list({ after, token }, CAUGHT_UP_MAX)) write(event);
  response.on('close', unwatch);
}
