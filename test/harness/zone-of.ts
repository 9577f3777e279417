import { RecipientKeys } from '@ramz/custody';
import type { Secret } from '@ramz/otp-core';
import type { Lab } from './lab.ts';

/** A zone as its owner has it: the recipient's key, and the zone's own key. */
export interface OwnedZone {
  readonly recipient: RecipientKeys;
  readonly key: Secret;
}

/** Exports a zone's key as people do: proposed by the operator, approved by a custodian. */
export async function exportZone(lab: Lab, zone: string): Promise<OwnedZone> {
  const recipient = await RecipientKeys.make();
  const hex = Buffer.from(recipient.publicKey).toString('hex');
  await lab.people().approved({ name: 'export-zone-key', zone, recipient: hex }, ['custodian-1']);
  const { zones } = await lab.client('auditor').keys();
  const made = zones.find(({ name }) => name === zone);
  if (made === undefined) throw new Error(`no zone ${zone} was made`);
  return { recipient, key: await recipient.open('zone-key', made.sealedKey, zone) };
}
