import type { Purpose, VerdictReason } from '@ramz/audit-log';
import type { BankProfile } from '@ramz/bank-profile';
import { NAME_CHARS_MAX } from '@ramz/custody';
import type {
  WireResynchroniseRequest,
  WireVerdict,
  WireVerdictReason,
  WireVerifyRequest,
  WireVerifyResponse,
  WireVerifySignatureRequest,
} from '@ramz/proto';
import type { Attempt, AttemptResult, ResynchroniseCommand, Transaction } from '../../boundary/commands.ts';
import { PIN_BLOCK_BYTES, SERIAL_CHARS_MAX } from '../../boundary/limits.ts';
import { MalformedRequest } from '../errors/front-errors.ts';
import { readDigits } from '../fields/read-digits.ts';
import { isPlain, readPurpose } from '../fields/read-purpose.ts';
import { readSubject } from '../fields/read-subject.ts';
import { readTransaction } from '../fields/read-transaction.ts';
import { readBytes, readName } from '../fields/read-value.ts';

const NO_BYTES = Buffer.alloc(0);

/** A code, and the terminal where it was typed; empty if it is not given. */
export interface CodeRequest {
  readonly attempt: Attempt;
  readonly terminal: string;
}

/**
 * @param at path of the request in its message, for a batch
 * @throws MalformedRequest
 */
export function readTry(
  wire: Omit<WireVerifyRequest, 'pinBlock' | 'zone'> & Partial<WireVerifyRequest>,
  profile: BankProfile,
  at = '',
  isSignature = false,
): CodeRequest {
  const { terminalId } = wire;
  const attempt = readAttempt(wire, profile, at, isSignature ? undefined : isPlain);
  if (!isPlain(attempt.purpose) && !isSignature) {
    throw new MalformedRequest(`${at}purpose`, 'is verified with its transaction: call VerifySignature');
  }
  return {
    attempt,
    // Of a terminal only its wrong codes are counted: one that changes its case must not begin
    // anew.
    terminal: terminalId === '' ? '' : readName(`${at}terminal_id`, terminalId, NAME_CHARS_MAX).toUpperCase(),
  };
}

function readAttempt(
  wire: Omit<WireVerifyRequest, 'terminalId' | 'pinBlock' | 'zone'> & Partial<WireVerifyRequest>,
  profile: BankProfile,
  at = '',
  isTaken?: (purpose: Purpose) => boolean,
): Attempt {
  const purpose = readPurpose(`${at}purpose`, wire.purpose, profile, isTaken);
  const { tokenSerial } = wire;
  return {
    requestId: readName(`${at}request_id`, wire.requestId, NAME_CHARS_MAX),
    subjectName: readSubject(at, wire, purpose, profile),
    purpose,
    tokenSerial: tokenSerial === '' ? '' : readName(`${at}token_serial`, tokenSerial, SERIAL_CHARS_MAX),
    ...readCode(wire, purpose, profile, at),
  };
}

/** Reads a code in the clear, or as a PIN block that the front cannot open. */
function readCode(
  { code, pinBlock = NO_BYTES, zone = '' }: Pick<WireVerifyRequest, 'code'> & Partial<WireVerifyRequest>,
  purpose: Purpose,
  profile: BankProfile,
  at: string,
): Pick<Attempt, 'code' | 'sealedCode'> {
  if (pinBlock.length === 0 && zone === '') {
    return { code: readDigits(`${at}code`, code, digitsOf(purpose, profile)) };
  }
  if (code !== '') throw new MalformedRequest(`${at}code`, 'must be empty beside a PIN block');
  if (profile.purposes[purpose]?.subject !== 'card') {
    throw new MalformedRequest(`${at}pin_block`, `must be empty: ${purpose} is not for a card`);
  }
  const block = readBytes(`${at}pin_block`, pinBlock, PIN_BLOCK_BYTES, PIN_BLOCK_BYTES);
  return { code: '', sealedCode: { zone: readName(`${at}zone`, zone, NAME_CHARS_MAX), pinBlock: block } };
}

/**
 * Reads both codes as one try, under one request id.
 * @throws MalformedRequest
 */
export function readResynchronise(
  wire: WireResynchroniseRequest,
  profile: BankProfile,
): Attempt & Pick<ResynchroniseCommand, 'nextCode' | 'transaction'> {
  const attempt = readAttempt(wire, profile);
  const nextCode = readDigits('next_code', wire.nextCode, digitsOf(attempt.purpose, profile));
  if (attempt.purpose === 'transaction-signature')
    return { ...attempt, nextCode, transaction: readTransaction(wire.transaction) };
  if (wire.transaction !== null)
    throw new MalformedRequest('transaction', `must be empty: ${attempt.purpose} signs none`);
  return { ...attempt, nextCode };
}

function digitsOf(purpose: Purpose, { purposes }: BankProfile): number {
  return purposes[purpose]?.digits ?? 0;
}

/** @throws MalformedRequest */
export function readSignature(
  wire: WireVerifySignatureRequest,
  profile: BankProfile,
): { readonly attempt: Attempt; readonly transaction: Transaction; readonly terminal: string } {
  const { attempt, terminal } = readTry({ ...wire, purpose: 'PURPOSE_TRANSACTION_SIGNATURE' }, profile, '', true);
  return { attempt, terminal, transaction: readTransaction(wire.transaction) };
}

const ANSWERS: Readonly<Record<VerdictReason, readonly [WireVerdict, WireVerdictReason]>> = {
  accepted: ['VERDICT_ACCEPTED', 'VERDICT_REASON_ACCEPTED'],
  'wrong-code': ['VERDICT_REFUSED', 'VERDICT_REASON_WRONG_CODE'],
  'used-code': ['VERDICT_REFUSED', 'VERDICT_REASON_USED_CODE'],
  'locked-now': ['VERDICT_LOCKED', 'VERDICT_REASON_LOCKED_NOW'],
  'locked-before': ['VERDICT_LOCKED', 'VERDICT_REASON_LOCKED_BEFORE'],
  'not-enrolled': ['VERDICT_REFUSED', 'VERDICT_REASON_NOT_ENROLLED'],
  resynchronised: ['VERDICT_ACCEPTED', 'VERDICT_REASON_RESYNCHRONISED'],
  'slow-locked-now': ['VERDICT_LOCKED', 'VERDICT_REASON_SLOW_LOCKED_NOW'],
  'card-locked-now': ['VERDICT_LOCKED', 'VERDICT_REASON_CARD_LOCKED_NOW'],
  deactivated: ['VERDICT_REFUSED', 'VERDICT_REASON_DEACTIVATED'],
  blocked: ['VERDICT_REFUSED', 'VERDICT_REASON_BLOCKED'],
  voided: ['VERDICT_REFUSED', 'VERDICT_REASON_VOIDED'],
};

export function writeVerdict(
  { reason, logIndex, isRepeated: repeated }: AttemptResult,
  diagnose: boolean,
): WireVerifyResponse {
  const [verdict, exact] = ANSWERS[reason];
  return { verdict, logIndex: String(logIndex), repeated, ...(diagnose && { reason: exact }) };
}
