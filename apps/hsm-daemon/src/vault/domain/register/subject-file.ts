import type { ActOutcome, LifeCycleAct, PermissionFacts } from '@ramz/audit-log';
import type { Activation } from '../activation/activation.ts';

/**
 * What is kept of a subject beside its standings. The audit log's entries up to `through` have made
 * it. It holds no number, name or identity of a person in clear (D-25).
 */
export interface SubjectFile {
  readonly subject: string;
  /** The core's own name of the subject, sealed; empty while there is none. */
  readonly reference: Uint8Array;
  /** Keyed hash of the registered mobile number (M-26); empty while there is none. */
  readonly registered: string;
  /**
   * Keyed hash of the number under which its tokens, or the codes of an activation, were issued
   * (M-35); empty without any.
   */
  readonly issuedUnder: string;
  readonly method: 'none' | 'app' | 'sms' | 'device';
  readonly isStaticSecondPinOn: boolean;
  readonly isSecondPinBlocked: boolean;
  readonly isClosed: boolean;
  readonly permissions: readonly Permission[];
  /** The latest activation; one before it is over. */
  readonly activation?: Activation | undefined;
  /** The acts of the last day, the latest last: a repeated one gets the same answer. */
  readonly acts: readonly RememberedAct[];
  /** Log index of the last entry that this file includes. */
  readonly through: number;
}

export interface Permission extends PermissionFacts {
  readonly issuedAtMs: number;
}

export interface RememberedAct {
  readonly requestKey: string;
  readonly requestDigest: string;
  readonly act: LifeCycleAct;
  readonly outcome: ActOutcome;
  readonly atMs: number;
  readonly logIndex: number;
  readonly voidedSubjects: number;
  readonly voidedEnrolments: number;
}

/** A customer with more accounts than this is a mistake in the core's data. */
export const PERMISSIONS_MAX = 64;

/** Acts that give something back: a person needs few. More are a program that loops. */
export const GIVING_ACTS_A_DAY_MAX = 32;

/** Other acts that are remembered, the latest: to do one of them again takes nothing more away. */
export const TAKING_ACTS_KEPT = 32;

/** As long as request ids are remembered. */
export const ACTS_KEPT_MS: number = 24 * 3600 * 1000;

/** The most subjects whose tokens one number may have: half a second of the vault's time (D-16). */
export const SUBJECTS_A_NUMBER_MAX = 16_384;

/** Returns the file of a subject that nothing is known of. */
export function emptyFile(subject: string): SubjectFile {
  return {
    subject,
    reference: new Uint8Array(),
    registered: '',
    issuedUnder: '',
    method: 'none',
    isStaticSecondPinOn: true,
    isSecondPinBlocked: false,
    isClosed: false,
    permissions: [],
    acts: [],
    through: 0,
  };
}

/** Returns the acts that still count at a time. */
export function actsOfDay({ acts }: Pick<SubjectFile, 'acts'>, nowMs: number): readonly RememberedAct[] {
  return acts.filter(({ atMs }) => atMs > nowMs - ACTS_KEPT_MS);
}
