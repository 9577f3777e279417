import type { ReplyOf } from '../../boundary/commands.ts';
import type { KeyView } from '../../boundary/views.ts';
import { type KeyRecord, keyState } from '../domain/keys/key-record.ts';
import type { VaultPorts } from './ports.ts';

/** Every key there is or was, without the key. */
export function listKeys({ ledger, realm }: VaultPorts): ReplyOf['keys'] {
  const stored = ledger.keys;
  const records = stored === undefined ? [] : [...stored.former_roots, stored.root, ...stored.keys];
  return { kind: 'keys', realm, keys: records.map(viewOf), zones: stored?.zones ?? [] };
}

function viewOf(record: KeyRecord): KeyView {
  const { name, version, algorithm, kcv, transitions, originator_until_ms, recipient_until_ms } = record;
  return {
    name,
    version,
    algorithm,
    kcv,
    transitions,
    originator_until_ms,
    recipient_until_ms,
    state: keyState(record),
  };
}
