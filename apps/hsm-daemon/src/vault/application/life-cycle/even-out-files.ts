// A card without a file must take the time of one that has a file (D-4): otherwise a gateway could
// learn which cards the bank has. It reads and writes a file of no one in its place.

import { decoySubjectOf } from '../../crypto/keyed-digests.ts';
import type { Activation } from '../../domain/activation/activation.ts';
import { emptyFile, type SubjectFile } from '../../domain/register/subject-file.ts';
import { readFile, writeFile } from '../../store/file-text.ts';
import type { Draft } from '../batch/batch.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import type { AskedAct } from './asked-act.ts';

const NO_ID = '0'.repeat(32);

/** Its epoch is no seed master key's, so its codes derive from the decoy key. */
export const DECOY_ACTIVATION: Activation = {
  id: NO_ID,
  method: 'app',
  epoch: 0,
  storeEpoch: 0,
  codeUntilMs: 0,
  textCode: 1,
  textUntilMs: 0,
  appKey: '',
  made: [],
  issuedAtMs: 0,
  wrongTries: 0,
  lastTry: NO_ID,
  repeats: 0,
  requestKey: NO_ID,
  textKey: NO_ID,
};

/**
 * Reads the file of a decoy for what a gateway asks, and, for a card without a file, reads it once
 * more and writes it.
 */
export function evenOutFiles(
  { file, command }: AskedAct,
  draft: Draft,
  { keyring: { cardIndex } }: OpenKeys,
  { ledger }: Pick<VaultPorts, 'ledger'>,
): void {
  const decoySubject = decoySubjectOf(cardIndex, ledger.logId, command.requestId);
  // One that cannot be read is written anew.
  const decoy = draft.file(decoySubject).file ?? decoyFile(decoySubject);
  if (file === undefined) draft.rehearseFile(readFile(decoySubject, writeFile(decoy)));
}

/** As long as the file of a card that has a number and a pending activation. */
function decoyFile(subject: string): SubjectFile {
  const voided = { voidedSubjects: 0, voidedEnrolments: 0 };
  const act = { requestKey: NO_ID, requestDigest: NO_ID, outcome: 'done', atMs: 0, logIndex: 0, ...voided } as const;
  return {
    ...emptyFile(subject),
    reference: new Uint8Array(40),
    registered: NO_ID,
    activation: DECOY_ACTIVATION,
    acts: [
      { ...act, act: 'subject-put' },
      { ...act, act: 'activation-requested' },
    ],
  };
}
