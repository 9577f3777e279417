import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { WireEvent, WireEventKind, WireWatchRequest } from '@ramz/proto';
import { EVENTS_MAX } from '../../boundary/limits.ts';
import type { VaultLink } from '../../boundary/vault-link.ts';
import type { EventView } from '../../boundary/views.ts';
import { askerOf } from '../access/asker-of.ts';
import type { Caller } from '../access/caller.ts';
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
  { name, role }: Pick<Caller, 'name' | 'role'>,
  stopping: AbortSignal,
  { first, onlyPast }: { readonly first: number; readonly onlyPast: boolean },
): AsyncGenerator<WireEvent> {
  for (let from = first; !call.cancelled; ) {
    const command = { kind: 'events', first: from, count: EVENTS_MAX, withReferences: role === 'core' } as const;
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

/** The kinds of the contract, by the vault's word for each. */
export const EVENT_KINDS_SENT: Readonly<Partial<Record<string, WireEventKind>>> = {
  'first-failure': 'EVENT_KIND_FIRST_FAILURE',
  'third-try': 'EVENT_KIND_THIRD_TRY',
  locked: 'EVENT_KIND_LOCKED',
  'card-locked': 'EVENT_KIND_CARD_LOCKED',
  'replay-seen': 'EVENT_KIND_REPLAY_SEEN',
  'clone-suspected': 'EVENT_KIND_CLONE_SUSPECTED',
  resynchronised: 'EVENT_KIND_RESYNCHRONISED',
  alarm: 'EVENT_KIND_ALARM',
  'call-refused': 'EVENT_KIND_CALL_REFUSED',
  started: 'EVENT_KIND_STARTED',
  unsealed: 'EVENT_KIND_UNSEALED',
  sealed: 'EVENT_KIND_SEALED',
  failed: 'EVENT_KIND_FAILED',
  'clock-jumped': 'EVENT_KIND_CLOCK_JUMPED',
  'clock-accepted': 'EVENT_KIND_CLOCK_ACCEPTED',
  'ceremony-ended': 'EVENT_KIND_CEREMONY_ENDED',
  'callers-changed': 'EVENT_KIND_CALLERS_CHANGED',
  'locks-lifted': 'EVENT_KIND_LOCKS_LIFTED',
  'identity-adopted': 'EVENT_KIND_IDENTITY_ADOPTED',
  'number-changed': 'EVENT_KIND_NUMBER_CHANGED',
  voided: 'EVENT_KIND_VOIDED',
  'static-pin-on': 'EVENT_KIND_STATIC_PIN_ON',
  'static-pin-off': 'EVENT_KIND_STATIC_PIN_OFF',
  'second-pin-blocked': 'EVENT_KIND_SECOND_PIN_BLOCKED',
  'subject-closed': 'EVENT_KIND_SUBJECT_CLOSED',
  'token-lost': 'EVENT_KIND_TOKEN_LOST',
  'token-found': 'EVENT_KIND_TOKEN_FOUND',
  activated: 'EVENT_KIND_ACTIVATED',
};

function writeEvent({ logIndex, atMs, event, ...rest }: EventView): WireEvent {
  const kind = EVENT_KINDS_SENT[event] ?? 'EVENT_KIND_UNSPECIFIED';
  return { logIndex: String(logIndex), atMs: String(atMs), kind, ...rest };
}
