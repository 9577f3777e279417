import type { ActOutcome, Channel } from '@ramz/audit-log';
import { NAME_CHARS_MAX } from '@ramz/custody';
import type { WireAct, WireOutcome } from '@ramz/proto';
import type { ActReply } from '../../boundary/life-cycle-commands.ts';
import type { Caller } from '../access/caller.ts';
import { readCardOrCustomer } from '../fields/read-subject.ts';
import { readName } from '../fields/read-value.ts';

/** The fields of every act. */
export interface WireAsked {
  readonly requestId: string;
  readonly cardNumber: string;
  readonly customerNumber: string;
}

/** @throws MalformedRequest */
export function readAsked(wire: WireAsked, { name, group, channel }: Caller) {
  return {
    caller: name,
    group,
    channel: channelOf(channel),
    requestId: readName('request_id', wire.requestId, NAME_CHARS_MAX),
    subjectName: readCardOrCustomer(wire),
  };
}

/** The core has no channel. */
export function channelOf(channel: Channel | undefined): Channel | '' {
  return channel ?? '';
}

const OUTCOMES: Readonly<Record<ActOutcome, WireOutcome>> = {
  done: 'ACT_OUTCOME_DONE',
  closed: 'ACT_OUTCOME_CLOSED',
  'not-blocked': 'ACT_OUTCOME_NOT_BLOCKED',
  'no-permission': 'ACT_OUTCOME_NO_PERMISSION',
  'no-such-token': 'ACT_OUTCOME_NO_SUCH_TOKEN',
  'not-lost': 'ACT_OUTCOME_NOT_LOST',
  'too-many-subjects': 'ACT_OUTCOME_TOO_MANY_SUBJECTS',
  'too-many-permissions': 'ACT_OUTCOME_TOO_MANY_PERMISSIONS',
  'joint-account': 'ACT_OUTCOME_JOINT_ACCOUNT',
  'holders-missing': 'ACT_OUTCOME_HOLDERS_MISSING',
  'wrong-branch': 'ACT_OUTCOME_WRONG_BRANCH',
  'no-holders': 'ACT_OUTCOME_NO_HOLDERS',
};

/** Tellers and the core get the exact reason; at an ATM a customer learns nothing from it. */
export function writeAct(reply: ActReply, { channel }: Caller): { result: WireAct } {
  const isExact = channel === undefined || channel === 'branch';
  const exact = OUTCOMES[reply.outcome];
  const outcome = isExact || reply.outcome === 'done' ? exact : 'ACT_OUTCOME_REFUSED';
  return {
    result: {
      outcome,
      repeated: reply.isRepeated,
      voidedSubjects: isExact ? reply.voidedSubjects : 0,
      voidedEnrolments: isExact ? reply.voidedEnrolments : 0,
      logIndex: String(reply.logIndex),
      missing: isExact ? [...reply.missing] : [],
    },
  };
}
