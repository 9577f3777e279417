import { checkpointText, signedNote } from '@ramz/audit-log';
import type { SigningKeys } from '@ramz/custody';
import type { VaultPorts } from '../batch/ports.ts';

/** Log entries after which the vault signs a checkpoint unasked. */
export const CHECKPOINT_EVERY = 4_096;

/** Returns the name of this log in its checkpoints, which also names the key that signs them. */
export function originOf({ realm, profile, ledger }: Pick<VaultPorts, 'realm' | 'profile' | 'ledger'>): string {
  return `ramz/${realm}/${profile.name}/${ledger.logId.slice(0, 16)}`;
}

/** Signs a checkpoint of the log as it is now, and stores it. */
export async function signCheckpoint(
  audit: SigningKeys,
  ports: Pick<VaultPorts, 'ledger' | 'profile' | 'realm'>,
): Promise<string> {
  const { ledger } = ports;
  const origin = originOf(ports);
  const size = ledger.logSize;
  const text = checkpointText({ origin, size, root: ledger.treeRoot() });
  const note = signedNote(text, origin, audit.publicKey, await audit.sign(new TextEncoder().encode(text)));
  await ledger.putCheckpoint(size, note);
  return note;
}
