/** @ramz/audit-log. This file is the package's only entry point. */
export { exportedEntries } from './audit/export-lines.ts';
export { exportLog } from './audit/export-log.ts';
export { proveEntry } from './audit/prove-entry.ts';
export { showEntries } from './audit/show-entries.ts';
export { verifyExport } from './audit/verify-export.ts';
export { witness } from './audit/witness.ts';
export {
  type ActivationFacts,
  type CeremonyAct,
  type CeremonyEntry,
  type EnrolledEntry,
  type Entry,
  type EntryFacts,
  type LifeCycleEntry,
  type LiftedEntry,
  type PermissionFacts,
  type RestoredEntry,
  type SignedEntry,
  type SpentEntry,
  type Verdict,
  type VerdictEntry,
} from './entries/entry.ts';
export { decodeEntry, encodeEntry, kindOf } from './entries/entry-codec.ts';
export { EntryRow, entriesOfRow } from './entries/entry-row.ts';
export { hexWordAt, nibbleAt } from './entries/hex-digits.ts';
export { writeText } from './entries/text-bytes.ts';
export {
  ACCOUNT_KINDS,
  ACT_OUTCOMES,
  ACTIVATION_ACTS,
  ACTIVATION_METHODS,
  type AccountKind,
  type ActivationMethod,
  type ActOutcome,
  CHANNELS,
  type Channel,
  LIFE_CYCLE_ACTS,
  type LifeCycleAct,
  PERSON_KINDS,
  type PersonKind,
  PURPOSES,
  type Purpose,
  VERDICT_REASONS,
  type VerdictReason,
} from './entries/words.ts';
export { checkpointText, signedNote } from './tree/checkpoint.ts';
export { HASH_BYTES, leafHash, nodeHash, rootOfEdge, TreeEdge } from './tree/merkle-tree.ts';
export { consistencyProof, inclusionProof, type NodeAt, treeRootAt } from './tree/proofs.ts';
