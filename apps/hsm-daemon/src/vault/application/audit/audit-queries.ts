import { consistencyProof, inclusionProof } from '@ramz/audit-log';
import type { CheckpointReply, EntriesCommand, ProofCommand, ReplyOf } from '../../../boundary/commands.ts';
import { CHECKPOINT_BYTES_MAX, PAGE_BYTES_MAX } from '../../../boundary/limits.ts';
import { auditKeyOf } from '../../store/ledger.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import { signCheckpoint } from './checkpoint.ts';

/** A witness that reads once a day needs no more former checkpoints than this. */
const FORMER_MAX = 1_000;

/**
 * Returns a fresh checkpoint, or the last one while the audit key is not open.
 * @throws Fault `not-found` when none was signed yet
 */
export async function readCheckpoint(
  keys: OpenKeys | undefined,
  ports: Pick<VaultPorts, 'ledger' | 'profile' | 'realm'>,
): Promise<CheckpointReply> {
  const { ledger } = ports;
  const [latest] = await ledger.checkpoints(1);
  // A tree size is signed only once: repeated requests would fill the store.
  const isSigned = latest !== undefined && sizeIn(latest) === ledger.logSize;
  if (keys !== undefined && !isSigned) await signCheckpoint(keys.keyring.audit, ports);
  const former = newest(await ledger.checkpoints(FORMER_MAX));
  const note = former.at(-1);
  const publicKey = ledger.keys === undefined ? undefined : auditKeyOf(ledger.keys);
  if (note === undefined || publicKey === undefined) {
    const why = ledger.keys?.destroyed === true ? 'its key is destroyed' : 'unseal first';
    throw new Fault('not-found', `no checkpoint was signed yet: ${why}`);
  }
  return { kind: 'checkpoint', note, former, publicKey };
}

/** Returns the tree size, the second line of a checkpoint (C2SP tlog-checkpoint). */
function sizeIn(note: string): number {
  return Number(note.split('\n', 2)[1]);
}

/** Returns as many of the newest notes as fit in an answer. */
function newest(notes: readonly string[]): string[] {
  let bytes = 0;
  const oldest = notes.findLastIndex((note) => (bytes += note.length) > CHECKPOINT_BYTES_MAX);
  return notes.slice(oldest + 1);
}

export async function readEntries(
  { first, count }: EntriesCommand,
  { ledger }: Pick<VaultPorts, 'ledger'>,
): Promise<ReplyOf['entries']> {
  const entries = first >= ledger.logSize ? [] : withinPage(await ledger.leaves(first, count, PAGE_BYTES_MAX));
  return { kind: 'entries', entries, logSize: ledger.logSize };
}

/** Returns as many entries as fit in a message, at least one. */
function withinPage(entries: readonly Uint8Array[]): Uint8Array[] {
  let bytes = 0;
  const firstLeftOut = entries.findIndex((entry, i) => (bytes += entry.length) > PAGE_BYTES_MAX && i > 0);
  return entries.slice(0, firstLeftOut < 0 ? entries.length : firstLeftOut);
}

/** @throws Fault `malformed` for an entry or a tree size that does not exist */
export async function proofOf(
  { of, at, size }: ProofCommand,
  { ledger }: Pick<VaultPorts, 'ledger'>,
): Promise<ReplyOf['proof']> {
  if (size > ledger.logSize) throw new Fault('malformed', `the log has ${ledger.logSize} entries`);
  try {
    const prove = of === 'inclusion' ? inclusionProof : consistencyProof;
    const hashes = await ledger.fromTree((nodeAt) => prove(at, size, nodeAt));
    return { kind: 'proof', hashes };
  } catch (error) {
    if (error instanceof RangeError) throw new Fault('malformed', error.message);
    throw error;
  }
}
