// RFC 6287, 7.3: plain signature. The challenge is the hash of the transaction, so the code
// confirms that transaction and no other.

import { ocraSuiteText, type PurposePolicy } from '@ramz/bank-profile';
import { hexOf, sha256Hex } from '@ramz/custody';
import { type HmacKey, ocraMatches, parseOcraSuite } from '@ramz/otp-core';
import type { Transaction, VerifySignatureCommand } from '../../../boundary/commands.ts';
import type { Enrolment } from '../../domain/enrolment/enrolment.ts';
import { candidateSteps, candidateStepsMax } from '../../domain/verification/candidate-steps.ts';
import type { Evidence } from '../../domain/verification/decide.ts';
import { transactionBytes } from '../../domain/verification/transaction.ts';
import type { VaultPorts } from '../batch/ports.ts';
import { type Question, type RequestedCall, rulesOf } from './call.ts';
import { readCode } from './verify-codes.ts';

/**
 * Cost of one signature step in steps of a plain code: its challenge is longer than one block, and
 * is hashed again for each step.
 */
export const STEPS_A_SIGNATURE = 16;

/** As long as an id of the log. Two responses of a step share it once in 2^128. */
const RESPONSE_NAME_BYTES = 16;

/** Returns the OCRA challenge of a transaction. */
export function challengeOf(transaction: Transaction): string {
  return sha256Hex(transactionBytes(transaction));
}

/** @throws Fault */
export function readSignature(command: VerifySignatureCommand, ports: Pick<VaultPorts, 'profile'>): RequestedCall {
  const { caller, group, channel, subjectName, tokenSerial, requestId, code, transaction } = command;
  const purpose = 'transaction-signature';
  const rules = rulesOf(purpose, ports);
  // Rejects a code of the wrong length; the comparison uses the text.
  readCode(code, rules.purpose);
  const challenge = challengeOf(transaction);
  const question = signatureQuestion(code, challenge, rules.purpose);
  const content = `sign ${challenge} ${code}`;
  return {
    caller,
    channel,
    rpc: 'VerifySignature',
    tries: [{ group, requestId, subjectName, purpose, rules, tokenSerial, content, question }],
    stepsTried: (policy) => candidateStepsMax(policy) * STEPS_A_SIGNATURE,
  };
}

/**
 * Returns the name under which a response is used up: two signatures of one step differ in it. A
 * MAC under the token's own key, so that neither the log nor the store shows a code. Its prefix is
 * that of no OCRA suite.
 */
function responseName(key: HmacKey, code: string): string {
  const message = new TextEncoder().encode(`ramz/used-response/v1 ${code}`);
  const name = hexOf(key.mac(message).subarray(0, RESPONSE_NAME_BYTES));
  message.fill(0);
  key.forget();
  return name;
}

/** Returns a question that computes and compares every live step. */
function signatureQuestion(code: string, challenge: string, policy: PurposePolicy): Question {
  const suite = parseOcraSuite(ocraSuiteText(policy));
  const compare = (key: HmacKey, token: Enrolment, nowMs: number): Evidence => {
    const { firstStep, steps } = candidateSteps(token, policy, nowMs);
    let matches = 0;
    for (let i = 0; i < steps; i++) {
      const timeMs = (firstStep + i) * policy.periodSeconds * 1_000;
      matches |= Number(ocraMatches(key, suite, { mode: 'one-way', challenge }, code, { timeMs })) << i;
    }
    return { firstStep, steps, matches, response: responseName(key, code) };
  };
  return { kind: 'key', compare };
}
