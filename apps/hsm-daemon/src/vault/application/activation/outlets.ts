// Where codes leave the vault (D-26): a receipt code as a PIN block under a zone's key, a text
// sealed to the recipient of a text gateway's zone. Custodians approved that recipient when the
// zone's key was exported.
import { bytesOfHex, sealEnvelope } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import type { IssueCommand } from '../../../boundary/activation-commands.ts';
import { sealPinBlock } from '../../crypto/pin-block.ts';
import type { Zone } from '../../store/ledger.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { OpenKeys } from '../keys/open-keys.ts';

const BLOCK_RANDOM_BYTES = 8;
/** Lengths of a card number that a block can hold. */
const PAN_DIGITS_MIN = 12;
const PAN_DIGITS_MAX = 19;

/**
 * Checks that the codes of a command have where to go, before anything is done. A text gateway's
 * zone gets no receipt code, and no other zone a text: one party would have both.
 * @throws Fault `malformed`
 */
export function assertOutlets(
  command: IssueCommand,
  keys: OpenKeys,
  ports: Pick<VaultPorts, 'ledger' | 'profile' | 'realm'>,
): void {
  const textZones = ports.profile.activation?.textZones ?? [];
  if ('zone' in command && !isInClear(command.zone, ports)) {
    if (textZones.includes(command.zone)) throw new Fault('malformed', `the zone ${command.zone} is for texts`);
    zoneKey(command.zone, keys, ports);
  }
  if ('textZone' in command && !isInClear(command.textZone, ports)) {
    if (!textZones.includes(command.textZone)) throw new Fault('malformed', `no texts go to zone ${command.textZone}`);
    zoneNamed(command.textZone, ports);
  }
}

function isInClear(zone: string, { realm }: Pick<VaultPorts, 'realm'>): boolean {
  if (zone !== '') return false;
  if (realm === 'test') return true;
  throw new Fault('malformed', 'codes leave in clear only in the test realm: a zone is needed');
}

/**
 * @param code digits in ASCII
 * @param subjectName stands for the card number: see PrintedCode in the contract
 */
export function blockFor(
  zone: string,
  code: Uint8Array,
  subjectName: string,
  keys: OpenKeys,
  { ledger, random }: Pick<VaultPorts, 'ledger' | 'random'>,
): Uint8Array {
  const key = zoneKey(zone, keys, { ledger });
  return sealPinBlock(key, Buffer.from(code).toString('latin1'), panOf(subjectName), random(BLOCK_RANDOM_BYTES));
}

function panOf(subjectName: string): string {
  const number = subjectName.slice(subjectName.indexOf('/') + 1);
  return number.padStart(PAN_DIGITS_MIN, '0').slice(-PAN_DIGITS_MAX);
}

/** The number is bound to the text: a front that names another one gives the gateway nothing. */
export async function sealText(
  { textZone, mobileNumber }: Extract<IssueCommand, { textZone: string }>,
  clear: string,
  id: string,
  { ledger }: Pick<VaultPorts, 'ledger'>,
): Promise<Uint8Array> {
  using contents = Secret.copy(new TextEncoder().encode(clear));
  return await sealEnvelope(
    'text',
    bytesOfHex(zoneNamed(textZone, { ledger }).recipient),
    contents,
    `${id} ${mobileNumber}`,
  );
}

function zoneKey(zone: string, keys: OpenKeys, ports: Pick<VaultPorts, 'ledger'>) {
  const { epoch, bits = 256 } = zoneNamed(zone, ports);
  const key = keys.zones.keyOf(zone, epoch, bits);
  if (key === undefined) throw new Fault('malformed', `the key of zone ${zone} may not be used`);
  return key;
}

/** @throws Fault */
function zoneNamed(zone: string, { ledger }: Pick<VaultPorts, 'ledger'>): Zone {
  const found = ledger.keys?.zones.find(({ name }) => name === zone);
  if (found === undefined) throw new Fault('malformed', `there is no zone ${zone}`);
  return found;
}
