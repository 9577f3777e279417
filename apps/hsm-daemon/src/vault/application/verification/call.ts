import type { Channel, Purpose } from '@ramz/audit-log';
import type { PurposePolicy } from '@ramz/bank-profile';
import type { Code, HmacKey } from '@ramz/otp-core';
import type { Enrolment } from '../../domain/enrolment/enrolment.ts';
import type { Standing } from '../../domain/enrolment/standing.ts';
import type { Comparison, Evidence, Rules } from '../../domain/verification/decide.ts';
import type { StandingPlace } from '../../store/ledger.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';

/** What is asked of each token that a try may be of. */
export type Question =
  /** The live steps' codes. One that does not count is compared all the same, for the time that it takes. */
  | { readonly kind: 'code'; readonly code: Code; readonly counts: boolean }
  /** Anything else: it is computed with the token's key, whatever is found. */
  | { readonly kind: 'key'; readonly compare: (key: HmacKey, token: Enrolment, nowMs: number) => Evidence };

/** One try, as it was read. */
export interface RequestedTry {
  /** Whose name its request id is. */
  readonly group: string;
  readonly requestId: string;
  readonly subjectName: string;
  readonly purpose: Purpose;
  readonly rules: Rules;
  /** Serial of the one token that the caller named; empty for all of the subject (D-13). */
  readonly tokenSerial: string;
  /** All that a repetition of the request must have in common with it besides. */
  readonly content: string;
  readonly question: Question;
}

/** A command that asks for verdicts, as it was read: who asks, and what it is called in the log when it is refused. */
export interface RequestedCall {
  readonly caller: string;
  readonly channel: Channel;
  readonly rpc: 'Verify' | 'Resynchronise' | 'VerifySignature';
  readonly tries: readonly RequestedTry[];
  /** Steps that the codes of one try are compared with, of each token. */
  readonly stepsTried: (policy: PurposePolicy, nowMs: number) => number;
}

/** One try, with what it is called and where its subject stands. */
export interface Try extends Pick<RequestedTry, 'purpose' | 'rules' | 'tokenSerial' | 'question'> {
  /** Its number among the names of the batch. */
  readonly request: number;
  readonly place: StandingPlace;
  /** What it was compared with, and how things stood then; undefined before. */
  weighed: { readonly standing: Standing | undefined; readonly compared: readonly Comparison[] } | undefined;
}

export interface Call extends Omit<RequestedCall, 'tries'> {
  readonly tries: readonly Try[];
}

/** @throws Fault for a purpose that the bank does not have */
export function policyOf(purpose: Purpose, { profile }: Pick<VaultPorts, 'profile'>): PurposePolicy {
  const policy = profile.purposes[purpose];
  if (policy === undefined) throw new Fault('malformed', `the profile ${profile.name} has no purpose ${purpose}`);
  return policy;
}

/** @throws as `policyOf` */
export function rulesOf(purpose: Purpose, ports: Pick<VaultPorts, 'profile'>): Rules {
  return { purpose: policyOf(purpose, ports), card: ports.profile.card };
}
