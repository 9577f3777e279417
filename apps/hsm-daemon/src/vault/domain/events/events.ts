import type { CeremonyAct, EntryFacts, Verdict } from '@ramz/audit-log';
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
] as const;
/** What an operations team wants to hear of at once; everything else is in the log. */
export type EventKind = (typeof EVENT_KINDS)[number];

/**
 * Any other refusal. It is kept as the others are and shown to nobody: if some refusals wrote a row and others none,
 * the time of an answer would tell them apart (D-14).
 */
export const UNSEEN: EventKind = 'refused';
export const SEEN: readonly EventKind[] = EVENT_KINDS.filter((kind) => kind !== UNSEEN);

/** Before the third of usually five tries is lost: time to tell the customer (RTS 4(3)). */
const THIRD_TRY = 3;
/** How the front marks a budget that was spent. */
export const ALARM_MARK = 'alarm: ';
/** How the end of a ceremony begins that opened the keys. */
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

/**
 * The event that an entry of the log is; undefined for most.
 * @param before the standing that a verdict was on, as it was before it
 */
export function eventOf(before: Standing | undefined, entry: EntryFacts): EventKind | undefined {
  switch (entry.kind) {
    case 'verdict':
      return before === undefined ? UNSEEN : ofVerdict(before, entry);
    case 'refusal':
      return entry.reason.startsWith(ALARM_MARK) ? 'alarm' : 'call-refused';
    case 'ceremony':
      return entry.act === 'took-effect' && entry.detail.startsWith(UNSEALED_MARK) ? 'unsealed' : OF_ACT[entry.act];
    case 'daemon':
      return entry.act === 'started' ? 'started' : undefined;
    case 'enrolled':
    case 'restored':
    case 'spent':
    case 'lifted':
      return undefined;
  }
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
      // One token shows its codes in their order: an older one after a newer was accepted comes from another.
      return step > 0 && step < (enrolments.find(({ id }) => id === enrolmentId)?.floor ?? 0)
        ? 'clone-suspected'
        : 'replay-seen';
    case 'resynchronised':
      return 'resynchronised';
    case 'locked-before':
    case 'not-enrolled':
      return UNSEEN;
    case 'accepted':
      return undefined;
  }
}
