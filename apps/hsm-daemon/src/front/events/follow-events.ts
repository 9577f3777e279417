import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { WireEvent, WireWatchRequest } from '@ramz/proto';
import { EVENTS_MAX } from '../../boundary/limits.ts';
import type { VaultLink } from '../../boundary/vault-link.ts';
import type { EventView } from '../../boundary/views.ts';
import { askerOf } from '../access/asker-of.ts';
import { DaemonStopping, granted, WatcherStalled } from '../errors/front-errors.ts';
import { drained } from './drained.ts';

/** Soon enough for a person, and no load. */
const LOOK_EVERY_MS = 500;
/** Longer than any network stalls and recovers. */
const UNREAD_MS_MAX = 60_000;

/** Yields events from an index on, until the watcher goes or all past ones were sent. */
export async function* followEvents(
  call: ServerWritableStream<WireWatchRequest, WireEvent>,
  link: VaultLink,
  name: string,
  stopping: AbortSignal,
  { first, onlyPast }: { readonly first: number; readonly onlyPast: boolean },
): AsyncGenerator<WireEvent> {
  for (let from = first; !call.cancelled; ) {
    const command = { kind: 'events', first: from, count: EVENTS_MAX } as const;
    const { events, next } = granted<'events'>(await link.send(command, askerOf({ name }, call)));
    for (const event of events) {
      yield writeEvent(event);
      // Waits for a watcher that does not read, but not forever: others want its slot, and the log
      // keeps the events.
      if (call.writableNeedDrain && !(await drained(call, UNREAD_MS_MAX))) throw new WatcherStalled();
    }
    const isDone = events.length < EVENTS_MAX;
    if (isDone && onlyPast) return;
    from = next;
    if (isDone) await sleep(LOOK_EVERY_MS);
    if (stopping.aborted) throw new DaemonStopping();
  }
}

function writeEvent({ logIndex, atMs, event, caller, channel, purpose, subject, detail }: EventView): WireEvent {
  return { logIndex: String(logIndex), atMs: String(atMs), kind: event, caller, channel, purpose, subject, detail };
}
