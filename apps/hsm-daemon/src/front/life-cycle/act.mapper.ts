import type { ActOutcome } from '@ramz/audit-log';
import { NAME_CHARS_MAX } from '@ramz/custody';
import type { WireAct, WireOutcome } from '@ramz/proto';
import type { ActReply, Asking } from '../../boundary/life-cycle-commands.ts';
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
export function readAsked(wire: WireAsked, caller: Caller) {
  return {
    caller: caller.name,
    group: caller.group,
    channel: askingOf(caller),
    requestId: readName('request_id', wire.requestId, NAME_CHARS_MAX),
    subjectName: readCardOrCustomer(wire),
  };
}

/** The core has no channel, and gateways speak for apps. */
export function askingOf({ role, channel }: Pick<Caller, 'role' | 'channel'>): Asking {
  return role === 'gateway' ? 'gateway' : (channel ?? '');
}

/** What an app's codes are refused for is in the log, and in no answer. */
type OutcomeOfCodes = 'wrong-codes' | 'codes-expired' | 'no-tries-left' | 'codes-used' | 'too-many-tokens';

const OUTCOMES: Readonly<Record<Exclude<ActOutcome, OutcomeOfCodes>, WireOutcome>> = {
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
  'no-number': 'ACT_OUTCOME_NO_NUMBER',
  'number-differs': 'ACT_OUTCOME_NUMBER_DIFFERS',
  blocked: 'ACT_OUTCOME_BLOCKED',
  'method-not-offered': 'ACT_OUTCOME_METHOD_NOT_OFFERED',
  'no-activation': 'ACT_OUTCOME_NO_ACTIVATION',
  'activation-pending': 'ACT_OUTCOME_ACTIVATION_PENDING',
  'too-many-activations': 'ACT_OUTCOME_TOO_MANY_ACTIVATIONS',
  'no-repeats-left': 'ACT_OUTCOME_NO_REPEATS_LEFT',
};

function wireOutcome(outcome: ActOutcome): WireOutcome {
  return OUTCOMES[outcome as keyof typeof OUTCOMES] ?? 'ACT_OUTCOME_REFUSED';
}

/** Tellers and the core get the exact reason; at an ATM, or from an app, no one learns it. */
export function writeAct(
  reply: Omit<ActReply, 'kind'>,
  { role, channel }: Pick<Caller, 'role' | 'channel'>,
): { result: WireAct } {
  const isExact = role === 'core' || channel === 'branch';
  const exact = wireOutcome(reply.outcome);
  const outcome = isExact || reply.outcome === 'done' ? exact : 'ACT_OUTCOME_REFUSED';
  return {
    result: {
      outcome,
      repeated: role !== 'gateway' && reply.isRepeated,
      voidedSubjects: isExact ? reply.voidedSubjects : 0,
      voidedEnrolments: isExact ? reply.voidedEnrolments : 0,
      logIndex: String(role === 'gateway' ? 0 : reply.logIndex),
      missing: isExact ? [...reply.missing] : [],
    },
  };
}
