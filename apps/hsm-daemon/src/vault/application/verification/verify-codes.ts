import type { Purpose } from '@ramz/audit-log';
import type { PurposePolicy } from '@ramz/bank-profile';
import { hexOf } from '@ramz/custody';
import { type Code, parseCode } from '@ramz/otp-core';
import type { Attempt, VerifyCommand } from '../../../boundary/commands.ts';
import { openPinBlock } from '../../crypto/pin-block.ts';
import { candidateStepsMax } from '../../domain/verification/candidate-steps.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { OpenKeys } from '../keys/open-keys.ts';
import { type Question, type RequestedCall, rulesOf } from './call.ts';

/**
 * Reads a Verify call. A malformed code refuses the whole call before any of it is decided.
 * @throws Fault
 */
export function readVerify(
  command: VerifyCommand,
  keys: OpenKeys,
  ports: Pick<VaultPorts, 'ledger' | 'profile'>,
): RequestedCall {
  const { caller, group, channel, attempts } = command;
  const tries = attempts.map((attempt) => {
    const { subjectName, purpose, tokenSerial, requestId } = attempt;
    assertNoSignature(purpose);
    const rules = rulesOf(purpose, ports);
    const { question, content } = readAttempt(attempt, rules.purpose, keys, ports);
    return { group, requestId, subjectName, purpose, rules, tokenSerial, content, question };
  });
  return { caller, channel, rpc: 'Verify', tries, stepsTried: candidateStepsMax };
}

/**
 * Reads the code, and the content that a repeated request must match. A PIN block that does not
 * open, or holds a code of another length, becomes a code that matches no step.
 * @throws Fault
 */
function readAttempt(
  { code, sealedCode, subjectName }: Attempt,
  policy: PurposePolicy,
  keys: OpenKeys,
  ports: Pick<VaultPorts, 'ledger'>,
): { question: Question; content: string } {
  if (sealedCode === undefined) return { question: plainQuestion(readCode(code, policy)), content: code };
  const { zone, pinBlock } = sealedCode;
  const known = ports.ledger.keys?.zones.find(({ name }) => name === zone);
  const key = known && keys.zones.keyOf(zone, known.epoch, known.bits ?? 256);
  if (key === undefined) throw new Fault('malformed', `there is no zone ${zone} that may be used`);
  const digits = openPinBlock(key, pinBlock, subjectName.slice(subjectName.indexOf('/') + 1));
  const content = `${zone} ${hexOf(pinBlock)}`;
  if (digits?.length === policy.digits) return { question: plainQuestion(parseCode(digits, policy.digits)), content };
  const nothing = parseCode('0'.repeat(policy.digits), policy.digits);
  return { question: { kind: 'code', code: nothing, counts: false }, content };
}

function plainQuestion(code: Code): Question {
  return { kind: 'code', code, counts: true };
}

/**
 * Rejects signature codes: they are meaningless without their transaction.
 * @throws Fault
 */
export function assertNoSignature(purpose: Purpose): void {
  if (purpose === 'transaction-signature') throw new Fault('malformed', 'a signature is verified with its transaction');
}

/** @throws Fault for a code of the wrong length */
export function readCode(code: string, { digits }: PurposePolicy): Code {
  if (code.length !== digits) throw new Fault('malformed', `a code for this purpose has ${digits} digits`);
  return parseCode(code, digits);
}
