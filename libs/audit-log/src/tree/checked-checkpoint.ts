import { signatureHolds } from '@ramz/custody';
import { type Checkpoint, keyId, readNote } from './checkpoint.ts';

/**
 * Reads a checkpoint, and checks its signature with the audit key.
 * @throws Error that says what is wrong with it
 */
export async function checkedCheckpoint(note: string, auditKey: Uint8Array, origin?: string): Promise<Checkpoint> {
  const read = readNote(note);
  if (read === undefined) throw new Error('a checkpoint is malformed');
  const { checkpoint, text, signatures } = read;
  if (origin !== undefined && checkpoint.origin !== origin)
    throw new Error(`a checkpoint is of another log: ${checkpoint.origin}`);
  const id = Buffer.from(keyId(checkpoint.origin, auditKey));
  const own = signatures.find(({ name, keyId: keyIdOfNote }) => name === checkpoint.origin && id.equals(keyIdOfNote));
  const holds = own !== undefined && (await signatureHolds(auditKey, new TextEncoder().encode(text), own.signature));
  if (!holds) throw new Error(`the signature of the checkpoint of ${checkpoint.size} entries does not hold`);
  return checkpoint;
}
