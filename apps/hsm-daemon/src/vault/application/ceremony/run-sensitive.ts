import { fingerprintOf, hexOf, type SensitiveCommand } from '@ramz/custody';
import { PERSONS_MAX } from '../../../boundary/limits.ts';
import { StatementRefused } from '../../domain/ceremony/refusal.ts';
import { moveKey } from '../../domain/keys/key-record.ts';
import type { StoredKeys } from '../../store/ledger.ts';
import type { Draft } from '../batch/batch.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { destroyKeys } from '../keys/destroy-keys.ts';
import { exportZoneKey } from '../keys/export-zone-key.ts';
import type { KeyHolder } from '../keys/key-holder.ts';
import { assertReachable } from './assert-reachable.ts';
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
  switch (command.name) {
    case 'seal':
      if (holder.state !== 'operational' && holder.state !== 'clock-jumped')
        throw new StatementRefused(`the daemon is ${holder.state}: there is nothing to seal`);
      abandonCeremony('the daemon was sealed');
      return holder.seal(draft, 'as approved');
    case 'zeroise':
      abandonCeremony('the keys were destroyed');
      return destroyKeys(draft, holder, ports);
    case 'accept-clock':
      if (holder.state !== 'clock-jumped')
        throw new StatementRefused(`the daemon is ${holder.state}: its clock did not jump`);
      return await holder.acceptClock(draft);
    case 'set-quorum':
      assertReachable(command.quorum, stored.persons, stored.shares.threshold);
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
      return liftLocks(command, stored, draft, ports);
    case 'adopt-identity':
      return adoptIdentity(command.identity, draft, ports);
    case 'export-zone-key':
      return exportZoneKey(command, stored, holder.openKeys, draft);
    case 'open-ceremony':
      throw new Error('ceremonies are opened at the desk');
  }
}

/**
 * Adopts the new identity. People have compared its fingerprint with the console, and signed a
 * command that names it.
 * @throws StatementRefused
 */
function adoptIdentity(identity: string, draft: Draft, ports: Pick<VaultPorts, 'identity'>): void {
  const { next, publicKey } = ports.identity;
  if (next === undefined || ports.identity.adoptNext === undefined)
    throw new StatementRefused('no new identity was made: start the vault with --new-identity first');
  if (hexOf(next) !== identity)
    throw new StatementRefused(`the new identity of this vault is ${fingerprintOf(next)}: approve that one, or none`);
  draft.recordAct({ act: 'identity', detail: JSON.stringify({ former: hexOf(publicKey), identity }) });
  const { identity: vaultIdentity } = ports;
  draft.afterCommit(() => vaultIdentity.adoptNext?.());
}

function addPerson(person: StoredKeys['persons'][number], stored: StoredKeys, draft: Draft): void {
  if (person.role === 'custodian') throw new StatementRefused('custodians come with their share, in a ceremony');
  if (stored.persons.some(({ name }) => name === person.name))
    throw new StatementRefused(`${person.name} is known already`);
  const keys = stored.persons.flatMap(({ signing_key: signingKey, sealing_key: sealingKey }) => [
    signingKey,
    sealingKey,
  ]);
  if (keys.includes(person.signing_key) || keys.includes(person.sealing_key)) {
    throw new StatementRefused(`${person.name} uses a key that another person has`);
  }
  if (stored.persons.length >= PERSONS_MAX) throw new StatementRefused(`at most ${PERSONS_MAX} persons are known`);
  draft.recordAct({ act: 'persons', detail: `${person.name} is ${person.role} now` });
  draft.storeKeys({ ...stored, persons: [...stored.persons, person] });
}

function removePerson(name: string, stored: StoredKeys, draft: Draft): void {
  const left = stored.persons.filter((person) => person.name !== name);
  if (left.length === stored.persons.length) throw new StatementRefused(`${name} is not known`);
  if (stored.shares.holders.includes(name))
    throw new StatementRefused(`${name} holds a share: hold a ceremony "replace-custodian"`);
  if (!left.some(({ role }) => role === 'operator')) throw new StatementRefused('one operator must stay');
  assertReachable(stored.quorum, left, stored.shares.threshold);
  draft.recordAct({ act: 'persons', detail: `${name} was removed` });
  draft.storeKeys({ ...stored, persons: left });
}

function setKeyState(
  { key: name, version, state }: Extract<SensitiveCommand, { name: 'set-key-state' }>,
  stored: StoredKeys,
  draft: Draft,
  holder: KeyHolder,
  { ledger }: Pick<VaultPorts, 'ledger'>,
): void {
  const found = stored.keys.find((key) => key.name === name && key.version === version);
  if (found === undefined) throw new StatementRefused(`there is no ${name} of version ${version}`);
  const moved = moveKey(found, state, draft.nowMs);
  const after = { ...moved, wrapped: state === 'destroyed' ? new Uint8Array() : moved.wrapped };
  draft.recordAct({ act: 'key-state', detail: `${name} ${version} is ${state}` });
  draft.storeKeys({ ...stored, keys: stored.keys.map((key) => (key === found ? after : key)) });
  if (state === 'destroyed') draft.afterCommit(() => ledger.scrub());
  // The open keys were opened under the former state: the custodians open what the new one allows.
  if (holder.state === 'operational') draft.afterCommit(() => holder.sealNow(`${name} ${version} is ${state}`));
}
