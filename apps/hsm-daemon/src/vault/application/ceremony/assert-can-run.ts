import { fingerprintOf, hexOf, type SensitiveCommand } from '@ramz/custody';
import { PERSONS_MAX } from '../../../boundary/limits.ts';
import { StatementRefused } from '../../domain/ceremony/refusal.ts';
import { moveKey, type WrappedKey } from '../../domain/keys/key-record.ts';
import type { StoredKeys } from '../../store/ledger.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { assertCanExport } from '../keys/export-zone-key.ts';
import type { KeyHolder } from '../keys/key-holder.ts';
import { assertReachable } from './assert-reachable.ts';
import { assertBlocked, assertCanBlock } from './block-callers.ts';

/**
 * Rejects a command that the current state does not allow. Asked when it is proposed, so that no
 * one approves in vain, and again before it runs.
 * @throws StatementRefused
 */
export async function assertCanRun(
  command: Exclude<SensitiveCommand, { name: 'open-ceremony' }>,
  stored: StoredKeys,
  holder: KeyHolder,
  ports: Pick<VaultPorts, 'identity'>,
): Promise<void> {
  switch (command.name) {
    case 'seal':
      if (holder.state !== 'operational' && holder.state !== 'clock-jumped')
        throw new StatementRefused(`the daemon is ${holder.state}: there is nothing to seal`);
      return;
    case 'zeroise':
      return;
    case 'accept-clock':
      if (holder.state !== 'clock-jumped')
        throw new StatementRefused(`the daemon is ${holder.state}: its clock did not jump`);
      return;
    case 'set-quorum':
      return assertReachable(command.quorum, stored.persons, stored.shares.threshold);
    case 'add-person':
      return assertCanAdd(command.person, stored);
    case 'remove-person':
      return assertCanRemove(command.person, stored);
    case 'set-key-state':
      moveKey(keyNamed(command.key, command.version, stored), command.state, 0);
      return;
    case 'block-caller':
      return assertCanBlock(command.caller, stored);
    case 'unblock-caller':
      return assertBlocked(command.caller, stored);
    case 'lift-locks':
      return assertBlocked(command.caller, stored, ': block it first, or it locks them again');
    case 'adopt-identity':
      return assertCanAdopt(command.identity, ports);
    case 'export-zone-key':
      return await assertCanExport(command, stored, holder.openKeys);
  }
}

/** @throws StatementRefused when there is none */
export function keyNamed(name: string, version: number, { keys }: StoredKeys): WrappedKey {
  const found = keys.find((key) => key.name === name && key.version === version);
  if (found === undefined) throw new StatementRefused(`there is no ${name} of version ${version}`);
  return found;
}

function assertCanAdopt(identity: string, ports: Pick<VaultPorts, 'identity'>): void {
  const { next } = ports.identity;
  if (next === undefined || ports.identity.adoptNext === undefined)
    throw new StatementRefused('no new identity was made: start the vault with --new-identity first');
  if (hexOf(next) !== identity)
    throw new StatementRefused(`the new identity of this vault is ${fingerprintOf(next)}: approve that one, or none`);
}

function assertCanAdd(person: StoredKeys['persons'][number], { persons }: StoredKeys): void {
  if (person.role === 'custodian') throw new StatementRefused('custodians come with their share, in a ceremony');
  if (persons.some(({ name }) => name === person.name)) throw new StatementRefused(`${person.name} is known already`);
  const keys = persons.flatMap(({ signing_key: signingKey, sealing_key: sealingKey }) => [signingKey, sealingKey]);
  if (keys.includes(person.signing_key) || keys.includes(person.sealing_key)) {
    throw new StatementRefused(`${person.name} uses a key that another person has`);
  }
  if (persons.length >= PERSONS_MAX) throw new StatementRefused(`at most ${PERSONS_MAX} persons are known`);
}

function assertCanRemove(name: string, stored: StoredKeys): void {
  const left = stored.persons.filter((person) => person.name !== name);
  if (left.length === stored.persons.length) throw new StatementRefused(`${name} is not known`);
  if (stored.shares.holders.includes(name))
    throw new StatementRefused(`${name} holds a share: hold a ceremony "replace-custodian"`);
  if (!left.some(({ role }) => role === 'operator')) throw new StatementRefused('one operator must stay');
  assertReachable(stored.quorum, left, stored.shares.threshold);
}
