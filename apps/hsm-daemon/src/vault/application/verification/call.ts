import type { Channel, Purpose } from '@ramz/audit-log';
import type { PurposePolicy } from '@ramz/bank-profile';
import type { Code, HmacKey } from '@ramz/otp-core';
import type { Enrolment } from '../../domain/enrolment/enrolment.ts';
import type { Standing } from '../../domain/enrolment/standing.ts';
import type { Comparison, Evidence, Rules } from '../../domain/verification/decide.ts';
import type { StandingPlace } from '../../store/ledger.ts';
import { Fault } from '../batch/fault.ts';
import type { VaultPorts } from '../batch/ports.ts';

/** The comparison of a try with each token that it may belong to. */
export type Question =
  /**
   * Compares with the codes of the live steps. A code that does not count is compared too, to take
   * the same time.
   */
  | { readonly kind: 'code'; readonly code: Code; readonly counts: boolean }
  /** Anything else: computed in full with the token's key, whether or not it matches. */
  | { readonly kind: 'key'; readonly compare: (key: HmacKey, token: Enrolment, nowMs: number) => Evidence };

/** One try, as it was read. */
export interface RequestedTry {
  /** The group of servers that shares its request ids. */
  readonly group: string;
  readonly requestId: string;
  readonly subjectName: string;
  readonly purpose: Purpose;
  readonly rules: Rules;
  /** Serial of the token that the caller named; empty for all tokens of the subject (D-13). */
  readonly tokenSerial: string;
  /** Everything else that a repeated request must match. */
  readonly content: string;
  readonly question: Question;
}

/**
 * A command that asks for verdicts, as it was read. `caller` and `rpc` name it in the log when it
 * is refused.
 */
export interface RequestedCall {
  readonly caller: string;
  readonly channel: Channel;
  readonly rpc: 'Verify' | 'Resynchronise' | 'VerifySignature';
  readonly tries: readonly RequestedTry[];
  /** Number of steps that the codes of one try are compared with, per token. */
  readonly stepsTried: (policy: PurposePolicy, nowMs: number) => number;
}

/** One try, with the number of its request and the place of its subject. */
export interface Try extends Pick<RequestedTry, 'purpose' | 'rules' | 'tokenSerial' | 'question'> {
  /** Its number among the request names of the batch. */
  readonly request: number;
  readonly place: StandingPlace;
  /** What it was compared with, and the standing at that time; undefined until then. */
  weighed: { readonly standing: Standing | undefined; readonly compared: readonly Comparison[] } | undefined;
}

export interface Call extends Omit<RequestedCall, 'tries'> {
  readonly tries: readonly Try[];
}

/** @throws Fault for a purpose that the bank's profile does not have */
export function policyOf(purpose: Purpose, { profile }: Pick<VaultPorts, 'profile'>): PurposePolicy {
  const policy = profile.purposes[purpose];
  if (policy === undefined) throw new Fault('malformed', `the profile ${profile.name} has no purpose ${purpose}`);
  return policy;
}

/** @throws as `policyOf` */
export function rulesOf(purpose: Purpose, ports: Pick<VaultPorts, 'profile'>): Rules {
  return { purpose: policyOf(purpose, ports), card: ports.profile.card };
}
