import type { Channel, Purpose } from '@ramz/audit-log';
import type { PurposePolicy } from '@ramz/bank-profile';
import type { Code, HmacKey } from '@ramz/otp-core';
import type { Enrolment } from '../../domain/enrolment/enrolment.ts';
import type { Comparison } from '../../domain/verification/decide.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';

/** One try: on whose tokens, under which request, with which codes. */
export interface Try {
  readonly subject: string;
  readonly purpose: Purpose;
  /** Serial of the one token that the caller named; empty for all of the subject (D-13). */
  readonly tokenSerial: string;
  readonly codes: readonly Code[];
  readonly requestKey: string;
  readonly requestDigest: string;
}

/** Whose tries they are, what they are, and what they are called in the log when they are refused. */
export interface Tries {
  readonly caller: string;
  readonly channel: Channel;
  readonly rpc: 'Verify' | 'Resynchronise' | 'VerifySignature';
  readonly tries: readonly Try[];
  readonly gather: Gather;
  /** Steps that the codes of one try are compared with, of each token. */
  readonly stepsTried: (policy: PurposePolicy, nowMs: number) => number;
}

/** Compares a try's codes with tokens, all of them whatever it finds. */
export type Gather = (
  tokens: readonly CandidateToken[],
  tried: Try,
  policy: PurposePolicy,
  nowMs: number,
) => readonly Comparison[];

/** @throws Fault for a purpose that the bank does not have */
export function policyOf(purpose: Purpose, { profile }: Pick<VaultPorts, 'profile'>): PurposePolicy {
  const policy = profile.purposes[purpose];
  if (policy === undefined) throw new Fault('malformed', `the profile ${profile.name} has no purpose ${purpose}`);
  return policy;
}

/** A token that a try is compared with. */
export interface CandidateToken {
  readonly enrolment: Enrolment;
  readonly key: HmacKey;
  /** There is none: the work is done all the same. */
  readonly isDecoy: boolean;
}
