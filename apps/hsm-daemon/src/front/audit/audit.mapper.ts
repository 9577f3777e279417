import type {
  WireCheckpoint,
  WireConsistencyRequest,
  WireEntries,
  WireEntriesRequest,
  WireInclusionRequest,
  WireProof,
} from '@ramz/proto';
import type { CheckpointReply, EntriesCommand, ProofCommand, ReplyOf } from '../../boundary/commands.ts';
import { ENTRIES_MAX } from '../../boundary/limits.ts';
import { MalformedRequest } from '../errors/front-errors.ts';
import { readIndex } from '../fields/read-value.ts';

/** @throws MalformedRequest */
export function readEntriesRange({ first, count }: WireEntriesRequest): EntriesCommand {
  if (count < 1 || count > ENTRIES_MAX) throw new MalformedRequest('count', `must be 1 to ${ENTRIES_MAX}`);
  return { kind: 'entries', first: readIndex('first', first), count };
}

/** @throws MalformedRequest */
export function readInclusion({ index, size }: WireInclusionRequest): ProofCommand {
  return { kind: 'proof', of: 'inclusion', at: readIndex('index', index), size: readIndex('size', size) };
}

/** @throws MalformedRequest */
export function readConsistency({ from, size }: WireConsistencyRequest): ProofCommand {
  return { kind: 'proof', of: 'consistency', at: readIndex('from', from), size: readIndex('size', size) };
}

export function writeCheckpoint({ note, former, publicKey }: CheckpointReply): WireCheckpoint {
  return { note, former: [...former], publicKey: Buffer.from(publicKey) };
}

export function writeEntries({ entries, logSize }: ReplyOf['entries']): WireEntries {
  return { entries: entries.map((entry) => Buffer.from(entry)), logSize: String(logSize) };
}

export function writeProof({ hashes }: ReplyOf['proof']): WireProof {
  return { hashes: hashes.map((hash) => Buffer.from(hash)) };
}
