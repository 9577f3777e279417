import type { Entry } from '@ramz/audit-log';
import type { EventsCommand, ReplyOf } from '../../../boundary/commands.ts';
import type { EventView } from '../../../boundary/views.ts';
import { openReference } from '../../crypto/seal-reference.ts';
import type { LoggedEvent } from '../../store/ledger.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { OpenKeys } from '../keys/open-keys.ts';

/**
 * Returns events from log index `first`. `next` is the index to continue from, even when there were
 * no events.
 */
export async function readEvents(
  { first, count, withReferences = false }: EventsCommand,
  keys: OpenKeys | undefined,
  { ledger }: Pick<VaultPorts, 'ledger'>,
): Promise<ReplyOf['events']> {
  const events = await ledger.events(first, count);
  const last = events.at(-1);
  const next = events.length === count && last !== undefined ? last.logIndex + 1 : Math.max(first, ledger.logSize);
  const views: EventView[] = [];
  for (const event of events) views.push(viewOf(event, await ledger.entry(event.logIndex)));
  return { kind: 'events', events: withReferences ? await named(views, keys, ledger) : views, next };
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
    reference: '',
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
    case 'life-cycle': {
      const { caller, channel, subject, act } = entry;
      return { ...blank, caller, channel, subject, detail: act };
    }
    case 'enrolled':
      return { ...blank, caller: entry.caller, purpose: entry.purpose, subject: entry.subject };
    case 'restored':
    case 'spent':
    case 'signed':
    case 'lifted':
      return blank;
  }
}

/** Adds the core's own names of the subjects, while the keys are open. */
async function named(
  views: readonly EventView[],
  keys: OpenKeys | undefined,
  ledger: VaultPorts['ledger'],
): Promise<readonly EventView[]> {
  const subjects = [...new Set(views.map(({ subject }) => subject))].filter((subject) => subject !== '');
  if (keys === undefined || subjects.length === 0) return views;
  await ledger.loadRegister({ subjects, withNumbers: false });
  const referenceOf = (subject: string) => {
    const sealed = subject === '' ? undefined : ledger.filePlace(subject).file?.reference;
    return sealed === undefined ? '' : openReference(keys.keyring.cardIndex, subject, sealed);
  };
  return views.map((view) => ({ ...view, reference: referenceOf(view.subject) }));
}
