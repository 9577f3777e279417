import type { ReplyOf } from '../../../boundary/commands.ts';
import type { KeyView, ZoneView } from '../../../boundary/views.ts';
import { type KeyRecord, keyState } from '../../domain/keys/key-record.ts';
import type { Zone } from '../../store/ledger.ts';
import type { VaultPorts } from '../batch/ports.ts';

/** Returns every present and former key, without key material. */
export function listKeys({ ledger, realm }: Pick<VaultPorts, 'ledger' | 'realm'>): ReplyOf['keys'] {
  const stored = ledger.keys;
  const records = stored === undefined ? [] : [...stored.former_roots, stored.root, ...stored.keys];
  return { kind: 'keys', realm, keys: records.map(viewOf), zones: (stored?.zones ?? []).map(zoneViewOf) };
}

function viewOf(record: KeyRecord): KeyView {
  const {
    name,
    version,
    algorithm,
    kcv,
    transitions,
    originator_until_ms: originatorUntilMs,
    recipient_until_ms: recipientUntilMs,
  } = record;
  return {
    name,
    version,
    algorithm,
    kcv,
    transitions: transitions.map(({ state, at_ms: atMs }) => ({ state, atMs })),
    originatorUntilMs,
    recipientUntilMs,
    state: keyState(record),
  };
}

function zoneViewOf({ name, epoch, kcv, recipient, sealed_key: sealedKey }: Zone): ZoneView {
  return { name, epoch, kcv, recipient, sealedKey };
}
