import type { Entry } from '@ramz/audit-log';
import type { EventsCommand, ReplyOf } from '../../../boundary/commands.ts';
import type { EventView } from '../../../boundary/views.ts';
import type { LoggedEvent } from '../../store/ledger.ts';
import type { VaultPorts } from '../batch/ports.ts';

/**
 * Returns events from log index `first`. `next` is the index to continue from, even when there were
 * no events.
 */
export async function readEvents(
  { first, count }: EventsCommand,
  { ledger }: Pick<VaultPorts, 'ledger'>,
): Promise<ReplyOf['events']> {
  const events = await ledger.events(first, count);
  const last = events.at(-1);
  const next = events.length === count && last !== undefined ? last.logIndex + 1 : Math.max(first, ledger.logSize);
  const views: EventView[] = [];
  for (const event of events) views.push(viewOf(event, await ledger.entry(event.logIndex)));
  return { kind: 'events', events: views, next };
}

/** Returns what is shown of the event's entry: no code, and of a card only its keyed hash. */
function viewOf({ logIndex, kind }: LoggedEvent, entry: Entry): EventView {
  const blank = {
    logIndex,
    event: kind,
    atMs: entry.atMs,
    caller: '',
    channel: '',
    purpose: '',
    subject: '',
    detail: '',
  };
  switch (entry.kind) {
    case 'verdict': {
      const { caller, channel, purpose, subject, reason } = entry;
      return { ...blank, caller, channel, purpose, subject, detail: reason };
    }
    case 'refusal':
      return { ...blank, caller: entry.caller, detail: `${entry.rpc}: ${entry.reason}` };
    case 'ceremony':
      return {
        ...blank,
        caller: entry.caller,
        detail: entry.ceremony === '' ? entry.detail : `${entry.act}, ceremony ${entry.ceremony}`,
      };
    case 'daemon':
      return { ...blank, detail: `${entry.act}, version ${entry.version}` };
    case 'enrolled':
    case 'restored':
    case 'spent':
    case 'signed':
    case 'lifted':
      return blank;
  }
}
