import { signatureHolds } from '@ramz/custody';
import { type Checkpoint, keyId, readNote } from '../../vault/domain/audit/checkpoint.ts';

/** A checkpoint whose signature holds under the audit key. @throws Error that says what is wrong with it */
export async function checkedCheckpoint(note: string, audit_key: Uint8Array, origin?: string): Promise<Checkpoint> {
  const read = readNote(note);
  if (read === undefined) throw new Error('a checkpoint is malformed');
  const { checkpoint, text, signatures } = read;
  if (origin !== undefined && checkpoint.origin !== origin)
    throw new Error(`a checkpoint is of another log: ${checkpoint.origin}`);
  const id = Buffer.from(keyId(checkpoint.origin, audit_key));
  const own = signatures.find(({ name, key_id }) => name === checkpoint.origin && id.equals(key_id));
  const holds = own !== undefined && (await signatureHolds(audit_key, new TextEncoder().encode(text), own.signature));
  if (!holds) throw new Error(`the signature of the checkpoint of ${checkpoint.size} entries does not hold`);
  return checkpoint;
}
