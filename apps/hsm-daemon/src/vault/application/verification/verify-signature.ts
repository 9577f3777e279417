// RFC 6287, 7.3: plain signature. The challenge is the hash of the transaction, so the code confirms it and no other.

import { ocraSuiteText, type PurposePolicy } from '@ramz/bank-profile';
import { sha256Hex } from '@ramz/custody';
import { type OcraSuite, ocraMatches, parseOcraSuite } from '@ramz/otp-core';
import type { Transaction, VerifySignatureCommand } from '../../../boundary/commands.ts';
import { candidateSteps, candidateStepsMax } from '../../domain/verification/candidate-steps.ts';
import type { Comparison } from '../../domain/verification/decide.ts';
import { transactionBytes } from '../../domain/verification/transaction.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { RequestedTries } from './requested-tries.ts';
import type { CandidateToken } from './tries.ts';
import { policyOf } from './tries.ts';
import { readCode } from './verify-codes.ts';

/** A step of a signature costs as many of a plain code: its challenge is longer than one block, and read anew. */
export const STEPS_A_SIGNATURE = 16;

/** The OCRA challenge of a transaction. */
export function challengeOf(transaction: Transaction): string {
  return sha256Hex(transactionBytes(transaction));
}

/** @throws Fault */
export function readSignature(command: VerifySignatureCommand, ports: Pick<VaultPorts, 'profile'>): RequestedTries {
  const { caller, group, channel, subjectName, tokenSerial, requestId, code, transaction } = command;
  const purpose = 'transaction-signature';
  const policy = policyOf(purpose, ports);
  const challenge = challengeOf(transaction);
  const suite = parseOcraSuite(ocraSuiteText(policy));
  const content = `sign ${challenge} ${code}`;
  return {
    caller,
    channel,
    rpc: 'VerifySignature',
    requested: [{ group, subjectName, purpose, tokenSerial, requestId, content, codes: [readCode(code, policy)] }],
    gather: (tokens, _tried, _policy, nowMs) =>
      tokens.map((token) => compare(token, { suite, challenge, code }, policy, nowMs)),
    stepsTried: () => candidateStepsMax(policy) * STEPS_A_SIGNATURE,
  };
}

/** Every live step is computed and compared. */
function compare(
  { enrolment, key }: CandidateToken,
  { suite, challenge, code }: { readonly suite: OcraSuite; readonly challenge: string; readonly code: string },
  policy: PurposePolicy,
  nowMs: number,
): Comparison {
  const { firstStep, steps } = candidateSteps(enrolment, policy, nowMs);
  let matches = 0;
  for (let i = 0; i < steps; i++) {
    const timeMs = (firstStep + i) * policy.periodSeconds * 1_000;
    matches |= Number(ocraMatches(key, suite, { mode: 'one-way', challenge }, code, { timeMs })) << i;
  }
  return { enrolment, evidence: { firstStep, steps, matches } };
}
