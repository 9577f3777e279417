import type { CeremonyAct, EntryFacts, LifeCycleAct, LifeCycleEntry, Verdict } from '@ramz/audit-log';
import type { Standing } from '../enrolment/standing.ts';

export const EVENT_KINDS = [
  'first-failure',
  'third-try',
  'locked',
  'card-locked',
  'replay-seen',
  'clone-suspected',
  'resynchronised',
  'alarm',
  'call-refused',
  'started',
  'unsealed',
  'sealed',
  'failed',
  'clock-jumped',
  'clock-accepted',
  'ceremony-ended',
  'refused',
  'callers-changed',
  'locks-lifted',
  'identity-adopted',
  'number-changed',
  'voided',
  'static-pin-on',
  'static-pin-off',
  'second-pin-blocked',
  'subject-closed',
  'token-lost',
  'token-found',
  'activated',
] as const;
/** What an operations team must see at once; everything else is in the log. */
export type EventKind = (typeof EVENT_KINDS)[number];

/**
 * Any other refusal. It is kept like the others and never shown: if only some refusals wrote a row,
 * the time of an answer would tell them apart (D-14).
 */
export const UNSEEN: EventKind = 'refused';
export const SEEN: readonly EventKind[] = EVENT_KINDS.filter((kind) => kind !== UNSEEN);

/** The third of usually five tries is lost: time to warn the customer (RTS 4(3)). */
const THIRD_TRY = 3;
/** Prefix of a refusal's reason when a budget was spent. */
export const ALARM_MARK = 'alarm: ';
/** Prefix of the detail in the last entry of a ceremony that opened the keys. */
export const UNSEALED_MARK = 'unsealed, ';

const OF_ACT: Partial<Record<CeremonyAct, EventKind>> = {
  unsealed: 'unsealed',
  sealed: 'sealed',
  failed: 'failed',
  'clock-jumped': 'clock-jumped',
  'clock-accepted': 'clock-accepted',
  'took-effect': 'ceremony-ended',
  abort: 'ceremony-ended',
  abandoned: 'ceremony-ended',
  callers: 'callers-changed',
  'locks-lifted': 'locks-lifted',
  identity: 'identity-adopted',
};

/** What the core reports to customers, or does with their static second PIN. */
const OF_LIFE_CYCLE: Partial<Record<LifeCycleAct, EventKind>> = {
  'number-changed': 'number-changed',
  'voided-under-number': 'voided',
  'subject-closed': 'subject-closed',
  'second-pin-blocked': 'second-pin-blocked',
  'second-pin-unblocked': 'static-pin-on',
  'token-voided': 'voided',
  'token-lost': 'token-lost',
  'token-found': 'token-found',
  'token-deleted': 'voided',
  activated: 'activated',
  'permission-withdrawn': 'voided',
  'replayed-block': 'second-pin-blocked',
  'replayed-void': 'voided',
};

/** Whether the static second PIN of a card is in use, before an entry and after it. */
export interface StaticPin {
  /** Undefined when there was no file. */
  readonly was: boolean | undefined;
  readonly is: boolean;
}

/**
 * Returns the event of a log entry; undefined for most.
 * @param before the standing that a verdict was on, before the verdict
 * @param pin whether the static second PIN was in use before the entry, and is after it (M-29)
 */
export function eventOf(before: Standing | undefined, entry: EntryFacts, pin?: StaticPin): EventKind | undefined {
  switch (entry.kind) {
    case 'verdict':
      return before === undefined ? UNSEEN : ofVerdict(before, entry);
    case 'refusal':
      return entry.reason.startsWith(ALARM_MARK) ? 'alarm' : 'call-refused';
    case 'ceremony':
      return entry.act === 'took-effect' && entry.detail.startsWith(UNSEALED_MARK) ? 'unsealed' : OF_ACT[entry.act];
    case 'daemon':
      return entry.act === 'started' ? 'started' : undefined;
    case 'life-cycle':
      return ofAct(entry, pin);
    case 'enrolled':
      return pin?.was === true && !pin.is ? 'static-pin-off' : undefined;
    case 'restored':
    case 'spent':
    case 'signed':
    case 'lifted':
      return undefined;
  }
}

function ofAct(
  { act, outcome, enrolments, purposes }: LifeCycleEntry,
  pin: StaticPin | undefined,
): EventKind | undefined {
  if (outcome !== 'done') return undefined;
  // The same app got its seeds once more.
  if (act === 'activated' && purposes.length === 0) return undefined;
  if (act !== 'deactivated') {
    const kind = OF_LIFE_CYCLE[act];
    // Where only codes of an activation ended, no token is void.
    return kind === 'voided' && enrolments.length === 0 ? undefined : kind;
  }
  // A blocked second PIN stays off, the static one too (M-33): the core must not turn it on.
  const isTurnedOn = pin?.is === true && (pin.was === false || enrolments.length > 0);
  if (isTurnedOn) return 'static-pin-on';
  return enrolments.length > 0 ? 'voided' : undefined;
}

function ofVerdict(
  { wrongSinceAccepted, enrolments }: Standing,
  { reason, step, enrolmentId }: Verdict,
): EventKind | undefined {
  switch (reason) {
    case 'wrong-code':
      if (wrongSinceAccepted === 0) return 'first-failure';
      return wrongSinceAccepted + 1 === THIRD_TRY ? 'third-try' : UNSEEN;
    case 'locked-now':
    case 'slow-locked-now':
      return 'locked';
    case 'card-locked-now':
      return 'card-locked';
    case 'used-code':
      // A token shows its codes in order: an older code after a newer one was accepted comes from
      // another token.
      return step > 0 && step < (enrolments.find(({ id }) => id === enrolmentId)?.floor ?? 0)
        ? 'clone-suspected'
        : 'replay-seen';
    case 'resynchronised':
      return 'resynchronised';
    case 'locked-before':
    case 'not-enrolled':
    case 'deactivated':
    case 'blocked':
    case 'voided':
      return UNSEEN;
    case 'accepted':
      return undefined;
  }
}
