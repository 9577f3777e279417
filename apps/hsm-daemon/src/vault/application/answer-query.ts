import type { Command, Reply } from '../../boundary/commands.ts';
import { proofOf, readCheckpoint, readEntries } from './audit/audit-queries.ts';
import { readEvents } from './audit/read-events.ts';
import type { VaultPorts } from './batch/ports.ts';
import { minutesOf } from './ceremony/minutes.ts';
import { listKeys } from './keys/list-keys.ts';
import type { OpenKeys } from './keys/open-keys.ts';

/** Commands that only read. */
export type LogQuery = Extract<Command, { kind: 'minutes' | 'keys' | 'checkpoint' | 'entries' | 'events' | 'proof' }>;

/** @throws Fault */
export async function answerQuery(
  query: LogQuery,
  keys: OpenKeys | undefined,
  ports: Pick<VaultPorts, 'ledger' | 'identity' | 'profile' | 'realm'>,
): Promise<Reply> {
  switch (query.kind) {
    case 'minutes':
      return minutesOf(query.ceremony, ports);
    case 'keys':
      return listKeys(ports);
    case 'checkpoint':
      return readCheckpoint(keys, ports);
    case 'entries':
      return readEntries(query, ports);
    case 'events':
      return readEvents(query, keys, ports);
    case 'proof':
      return proofOf(query, ports);
  }
}
