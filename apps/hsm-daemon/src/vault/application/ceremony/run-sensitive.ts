import { hexOf, type SensitiveCommand } from '@ramz/custody';
import { StatementRefused } from '../../domain/ceremony/refusal.ts';
import { moveKey } from '../../domain/keys/key-record.ts';
import type { StoredKeys } from '../../store/ledger.ts';
import type { Draft } from '../batch/batch.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { destroyKeys } from '../keys/destroy-keys.ts';
import { exportZoneKey } from '../keys/export-zone-key.ts';
import type { KeyHolder } from '../keys/key-holder.ts';
import { assertCanRun, keyNamed } from './assert-can-run.ts';
import { blockCaller, unblockCaller } from './block-callers.ts';
import { liftLocks } from './lift-locks.ts';

/**
 * Runs an approved command, exactly as it was approved.
 * @throws StatementRefused when the current state does not allow it
 */
export async function runSensitive(
  command: SensitiveCommand,
  draft: Draft,
  holder: KeyHolder,
  ports: Pick<VaultPorts, 'ledger' | 'identity'>,
  abandonCeremony: (why: string) => void,
): Promise<void> {
  const stored = ports.ledger.keys;
  if (stored === undefined) throw new StatementRefused('there are no keys yet');
  if (command.name === 'open-ceremony') throw new Error('ceremonies are opened at the desk');
  await assertCanRun(command, stored, holder, ports);
  switch (command.name) {
    case 'seal':
      abandonCeremony('the daemon was sealed');
      return holder.seal(draft, 'as approved');
    case 'zeroise':
      abandonCeremony('the keys were destroyed');
      return destroyKeys(draft, holder, ports);
    case 'accept-clock':
      return await holder.acceptClock(draft);
    case 'set-quorum':
      draft.recordAct({ act: 'quorum', detail: 'the rules of approval changed' });
      return draft.storeKeys({ ...stored, quorum: command.quorum });
    case 'add-person':
      return addPerson(command.person, stored, draft);
    case 'remove-person':
      return removePerson(command.person, stored, draft);
    case 'set-key-state':
      return setKeyState(command, stored, draft, holder, ports);
    case 'block-caller':
      return blockCaller(command.caller, stored, draft);
    case 'unblock-caller':
      return unblockCaller(command.caller, stored, draft);
    case 'lift-locks':
      return liftLocks(command, draft, ports);
    case 'adopt-identity':
      return adoptIdentity(command.identity, draft, ports);
    case 'export-zone-key':
      return exportZoneKey(command, stored, holder.openKeys, draft);
  }
}

/**
 * Adopts the new identity. People have compared its fingerprint with the console, and signed a
 * command that names it.
 */
function adoptIdentity(identity: string, draft: Draft, ports: Pick<VaultPorts, 'identity'>): void {
  const { identity: vaultIdentity } = ports;
  const former = hexOf(vaultIdentity.publicKey);
  draft.recordAct({ act: 'identity', detail: JSON.stringify({ former, identity }) });
  draft.afterCommit(() => vaultIdentity.adoptNext?.());
}

function addPerson(person: StoredKeys['persons'][number], stored: StoredKeys, draft: Draft): void {
  draft.recordAct({ act: 'persons', detail: `${person.name} is ${person.role} now` });
  draft.storeKeys({ ...stored, persons: [...stored.persons, person] });
}

function removePerson(name: string, stored: StoredKeys, draft: Draft): void {
  draft.recordAct({ act: 'persons', detail: `${name} was removed` });
  draft.storeKeys({ ...stored, persons: stored.persons.filter((person) => person.name !== name) });
}

function setKeyState(
  { key: name, version, state }: Extract<SensitiveCommand, { name: 'set-key-state' }>,
  stored: StoredKeys,
  draft: Draft,
  holder: KeyHolder,
  { ledger }: Pick<VaultPorts, 'ledger'>,
): void {
  const found = keyNamed(name, version, stored);
  const moved = moveKey(found, state, draft.nowMs);
  const after = { ...moved, wrapped: state === 'destroyed' ? new Uint8Array() : moved.wrapped };
  draft.recordAct({ act: 'key-state', detail: `${name} ${version} is ${state}` });
  draft.storeKeys({ ...stored, keys: stored.keys.map((key) => (key === found ? after : key)) });
  if (state === 'destroyed') draft.afterCommit(() => ledger.scrub());
  // The open keys were opened under the former state: the custodians open what the new one allows.
  if (holder.state === 'operational') draft.afterCommit(() => holder.sealNow(`${name} ${version} is ${state}`));
}
