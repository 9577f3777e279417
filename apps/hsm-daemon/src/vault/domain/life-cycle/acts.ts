// The life cycle of a place (a subject and a purpose) as one table: which act leads where, who may
// ask for it, and what becomes of tokens and of the static second PIN. docs/reference/life-cycle.md
// shows it. The log is folded by it, so a row of a released version never changes: another rule is
// another act.
import type { Channel, LifeCycleAct, Purpose } from '@ramz/audit-log';

/** How a place stands that has a standing. Only `active` codes count. */
export type StandingStatus = 'active' | 'locked' | 'deactivated' | 'blocked' | 'void';
/** How a place stands; `none` before it ever had a token. */
export type PlaceStatus = StandingStatus | 'none';

/** The status after an act, or undefined where the act is refused. */
type After = Readonly<Record<PlaceStatus, PlaceStatus | undefined>>;

export interface ActRule {
  /** Facts and decisions of the requirements. */
  readonly source: string;
  /** All purposes, those of the second PIN (D-24), one token, or only the file. */
  readonly touches: 'all' | 'second-pin' | 'token' | 'file';
  /** Channels that may ask for it; a profile may allow fewer. */
  readonly channels: readonly Channel[];
  /** Whether the bank's core may ask for it. */
  readonly isOfCore: boolean;
  /** Whether a gateway may ask for it, for an app. */
  readonly isOfGateway?: boolean;
  readonly after: After;
  /** Whether the tokens of the touched places are void afterwards, for ever. */
  readonly endsTokens: boolean;
  /** What the bank does with the static second PIN (M-29, D-15). */
  readonly staticSecondPin: 'on' | 'off' | 'as-it-is';
}

const NO_CHANNEL: readonly Channel[] = [];
const AT_ATM: readonly Channel[] = ['atm'];
const AT_BRANCH: readonly Channel[] = ['branch'];
const AT_ATM_AND_BRANCH: readonly Channel[] = ['atm', 'branch'];

const AS_IT_IS: After = {
  none: 'none',
  active: 'active',
  locked: 'locked',
  deactivated: 'deactivated',
  blocked: 'blocked',
  void: 'void',
};
/** Tokens end; a lock or a block stays, or a number change would be a way around it (D-16). */
const VOID_BY_NUMBER: After = { ...AS_IT_IS, active: 'void' };
const VOID: After = { ...AS_IT_IS, active: 'void', locked: 'void' };
const CLOSED: After = { ...VOID, deactivated: 'void' };
/** A lock or a void place leads to the ATM all the same; a block does not. */
const DEACTIVATED: After = { ...AS_IT_IS, active: 'deactivated', locked: 'deactivated', void: 'deactivated' };
const BLOCKED: After = {
  none: 'blocked',
  active: 'blocked',
  locked: 'blocked',
  deactivated: 'blocked',
  blocked: 'blocked',
  void: 'blocked',
};
/** Only this act leaves a block, and it leads to the ATM, not to a code (D-17). */
const UNBLOCKED: After = {
  none: undefined,
  active: undefined,
  locked: undefined,
  deactivated: undefined,
  blocked: 'deactivated',
  void: undefined,
};
/** An activation cures a lock (D-3, D-22), and no block. */
const ACTIVATED: After = {
  none: 'active',
  active: 'active',
  locked: 'active',
  deactivated: 'active',
  blocked: undefined,
  void: 'active',
};
/** Codes are given out for any card but a blocked one. */
const UNLESS_BLOCKED: After = { ...AS_IT_IS, blocked: undefined };
const LOCKED: After = { ...AS_IT_IS, active: 'locked' };

const FILE_ONLY = {
  touches: 'file',
  after: AS_IT_IS,
  endsTokens: false,
  staticSecondPin: 'as-it-is',
} as const;
const ONE_TOKEN = {
  touches: 'token',
  channels: AT_BRANCH,
  isOfCore: true,
  after: AS_IT_IS,
  endsTokens: false,
  staticSecondPin: 'as-it-is',
} as const;
const FROM_AN_EXPORT = {
  source: 'D-23',
  channels: NO_CHANNEL,
  isOfCore: true,
  staticSecondPin: 'as-it-is',
} as const;

const FROM_AN_APP = { channels: NO_CHANNEL, isOfCore: false, isOfGateway: true } as const;

export const ACTS: Readonly<Record<LifeCycleAct, ActRule>> = {
  'subject-put': { ...FILE_ONLY, source: 'M-26, D-25', channels: AT_BRANCH, isOfCore: true },
  'number-changed': {
    source: 'M-35, D-11, D-16',
    touches: 'all',
    channels: AT_BRANCH,
    isOfCore: true,
    after: VOID_BY_NUMBER,
    endsTokens: true,
    staticSecondPin: 'as-it-is',
  },
  'voided-under-number': {
    source: 'M-35, D-16',
    touches: 'all',
    channels: NO_CHANNEL,
    isOfCore: false,
    after: VOID_BY_NUMBER,
    endsTokens: true,
    staticSecondPin: 'as-it-is',
  },
  'subject-closed': {
    source: 'D-25',
    touches: 'all',
    channels: NO_CHANNEL,
    isOfCore: true,
    after: CLOSED,
    endsTokens: true,
    staticSecondPin: 'as-it-is',
  },
  deactivated: {
    source: 'M-31, S-23, D-24',
    touches: 'all',
    channels: AT_ATM_AND_BRANCH,
    isOfCore: false,
    after: DEACTIVATED,
    endsTokens: true,
    staticSecondPin: 'on',
  },
  'second-pin-blocked': {
    source: 'M-33, D-24',
    touches: 'second-pin',
    channels: AT_ATM_AND_BRANCH,
    isOfCore: false,
    after: BLOCKED,
    endsTokens: true,
    staticSecondPin: 'off',
  },
  'second-pin-unblocked': {
    source: 'M-34, D-17',
    touches: 'second-pin',
    channels: AT_BRANCH,
    isOfCore: false,
    after: UNBLOCKED,
    endsTokens: true,
    staticSecondPin: 'on',
  },
  'token-voided': { ...ONE_TOKEN, source: 'S-13' },
  'token-lost': { ...ONE_TOKEN, source: 'S-7' },
  'token-found': { ...ONE_TOKEN, source: 'S-7' },
  'permission-issued': { ...FILE_ONLY, source: 'S-16 to S-20, D-20', channels: AT_BRANCH, isOfCore: false },
  'permission-withdrawn': {
    source: 'S-20, D-20, D-21',
    touches: 'all',
    channels: AT_BRANCH,
    isOfCore: true,
    after: VOID,
    endsTokens: true,
    staticSecondPin: 'as-it-is',
  },
  'replayed-lock': { ...FROM_AN_EXPORT, touches: 'all', after: LOCKED, endsTokens: false },
  'replayed-block': { ...FROM_AN_EXPORT, touches: 'second-pin', after: BLOCKED, endsTokens: true },
  'replayed-void': { ...FROM_AN_EXPORT, touches: 'token', after: AS_IT_IS, endsTokens: false },
  'activation-requested': {
    ...FILE_ONLY,
    source: 'M-22 to M-27',
    channels: AT_ATM,
    isOfCore: false,
    after: UNLESS_BLOCKED,
  },
  'code-allocated': { ...FILE_ONLY, source: 'S-4, S-23', channels: AT_BRANCH, isOfCore: false, after: UNLESS_BLOCKED },
  'code-reissued': { ...FILE_ONLY, source: 'S-23, S-25', channels: AT_BRANCH, isOfCore: false, after: UNLESS_BLOCKED },
  'text-repeated': {
    ...FILE_ONLY,
    source: 'D-4, D-18',
    channels: AT_ATM,
    isOfCore: false,
    isOfGateway: true,
    after: UNLESS_BLOCKED,
  },
  'codes-refused': { ...FILE_ONLY, ...FROM_AN_APP, source: 'M-28, D-4' },
  activated: {
    ...FROM_AN_APP,
    source: 'M-28, M-29, D-3, D-7, D-22',
    touches: 'all',
    after: ACTIVATED,
    endsTokens: false,
    staticSecondPin: 'off',
  },
  'token-deleted': {
    ...FROM_AN_APP,
    source: 'M-44, D-9',
    touches: 'token',
    after: AS_IT_IS,
    endsTokens: false,
    staticSecondPin: 'as-it-is',
  },
  'replay-ended': { ...FILE_ONLY, source: 'D-23', channels: NO_CHANNEL, isOfCore: true },
};

/** Acts that begin an activation. */
export const CODE_ACTS: readonly LifeCycleAct[] = ['activation-requested', 'code-allocated', 'code-reissued'];

/**
 * Acts that give something back. Only these are limited a day: nothing may keep a customer from a
 * block, or the core from a change of a number.
 */
export const GIVING_ACTS: readonly LifeCycleAct[] = [
  'second-pin-unblocked',
  'token-found',
  'permission-issued',
  ...CODE_ACTS,
];

/** The purposes that a block of the second PIN ends (D-24). */
export const SECOND_PIN_PURPOSES: readonly Purpose[] = ['second-pin', 'transaction-signature'];

/** Returns the purposes of the bank that an act touches. */
export function purposesOf(act: LifeCycleAct, ofBank: readonly Purpose[]): readonly Purpose[] {
  const { touches } = ACTS[act];
  if (touches === 'file') return [];
  return touches === 'second-pin' ? ofBank.filter((purpose) => SECOND_PIN_PURPOSES.includes(purpose)) : ofBank;
}
