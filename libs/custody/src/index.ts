/**
 * @ramz/custody: keys split among custodians (SLIP-39, XOR components), key check values, envelopes
 * sealed to one key, statements signed by one person. This file is the package's only entry point.
 */

export {
  type Announcement,
  type CeremonyPhase,
  type CeremonyView,
  type ProposalView,
} from './ceremony/announcement.ts';
export { DAEMON_STATES, type DaemonState, NEXT_STEP } from './ceremony/daemon-state.ts';
export { NAME_CHARS_MAX } from './ceremony/name-limits.ts';
export { participantsOf } from './ceremony/participants.ts';
export {
  CEREMONY_KINDS,
  type CeremonyKind,
  OPERATIONS,
  PERSON_ROLES,
  type PersonRole,
  type Quorum,
  type QuorumRule,
  quorumSchema,
  withLaterRules,
} from './ceremony/quorum.ts';
export { readStatement } from './ceremony/read-statement.ts';
export { rosterDigest } from './ceremony/roster-digest.ts';
export {
  type CeremonyPlan,
  KEY_STATES,
  type KeyState,
  operationOf,
  type Person,
  type SensitiveCommand,
  type Statement,
  type StatementOf,
} from './ceremony/statements.ts';
export type { RandomBytes } from './entropy.ts';
export { ENTROPY_BYTES, entropyCommitment } from './entropy.ts';
export { type EnvelopeUse, PUBLIC_KEY_BYTES } from './envelope-use.ts';
export { CustodyError, type CustodyErrorReason } from './errors.ts';
export { fingerprintOf, isFingerprint } from './fingerprint.ts';
export { bytesOfHex, hexOf, sha256Hex } from './hex.ts';
export { aesKeyCheckValue, hmacKeyCheckValue } from './key-check-value.ts';
export { openWithPassphrase, sealWithPassphrase } from './passphrase-box.ts';
export { isLongPassphrase, PASSPHRASE_CHARACTERS_MIN, passphraseOfFile } from './prepare-passphrase.ts';
export { printableJson, printableText, snakeKeys } from './printable-text.ts';
export { RecipientKeys } from './recipient-keys.ts';
export { sameBytes } from './same-bytes.ts';
export { sealEnvelope } from './seal-envelope.ts';
export {
  drawIdentifier,
  realmOfIdentifier,
  SCHEME_NAMES,
  type SchemeName,
  type ShareLabel,
  type SharingScheme,
  sharingScheme,
  THRESHOLD_MIN,
} from './sharing/sharing-scheme.ts';
export { combineMaster } from './sharing/slip39/combine-master.ts';
export { completions, textOfWords, wordsOfText } from './sharing/slip39/mnemonic.ts';
export { SHARES_MAX, type Slip39Share } from './sharing/slip39/share.ts';
export { shareOfWords, wordsOfShare } from './sharing/slip39/share-words.ts';
export { splitMaster } from './sharing/slip39/split-master.ts';
export { COMPONENTS_MIN } from './sharing/xor-components.ts';
export { SIGNATURE_BYTES, SIGNING_KEY_BYTES, SigningKeys, signatureHolds } from './signing-keys.ts';
export {
  assertSigned,
  canonicalBytes,
  type SignedStatement,
  STATEMENT_BYTES_MAX,
  signStatement,
  statementBody,
} from './statement.ts';
