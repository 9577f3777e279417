// The commands of an activation as they cross the wall.
import { NAME_CHARS_MAX } from '@ramz/custody';
import type { ActivationCommand, IssueCommand, TokenProof } from '../../../boundary/activation-commands.ts';
import { BRANCH_CHARS_MAX, ENVELOPE_BYTES_MAX } from '../../../boundary/limits.ts';
import { checkAsked } from './check-act.ts';
import { arePeople, assert, isMobileNumber, isName, isSubjectName } from './check-fields.ts';

const MAC_BYTES = 32;

/** @throws Fault `malformed` */
export function checkActivation(command: ActivationCommand): void {
  assert(isName(command.caller, NAME_CHARS_MAX), 'caller');
  switch (command.kind) {
    case 'activation-key':
      return;
    case 'token-state':
      assert(isSubjectName(command.subjectName), 'subject');
      return checkProof(command.token);
    case 'delete-token':
      checkAsked(command);
      return checkProof(command.token);
    case 'complete-activation':
      checkAsked(command);
      assert(Number.isSafeInteger(command.epoch) && command.epoch >= 0, 'epoch');
      return assert(isBytes(command.sealedCodes, ENVELOPE_BYTES_MAX), 'sealed codes');
    default:
      checkAsked(command);
      return checkIssue(command);
  }
}

function checkIssue(command: IssueCommand): void {
  if (command.kind !== 'repeat-text') assert(isZone(command.zone), 'zone');
  if (command.kind === 'request-activation' || command.kind === 'repeat-text') {
    assert(isMobileNumber(command.mobileNumber), 'mobile number');
    assert(isZone(command.textZone), 'text zone');
  } else {
    assert(isName(command.branch, BRANCH_CHARS_MAX), 'branch');
    assert(arePeople(command.present), 'people');
  }
  if (command.kind === 'request-activation') assert(command.method === 'app' || command.method === 'sms', 'method');
}

function checkProof({ enrolmentId, minute, mac }: TokenProof): void {
  assert(typeof enrolmentId === 'string' && /^[0-9a-f]{32}$/.test(enrolmentId), 'enrolment');
  assert(Number.isSafeInteger(minute) && minute >= 0, 'minute');
  assert(isBytes(mac, MAC_BYTES) && mac.length === MAC_BYTES, 'proof');
}

function isZone(zone: unknown): boolean {
  return zone === '' || isName(zone, NAME_CHARS_MAX);
}

function isBytes(bytes: unknown, max: number): boolean {
  return bytes instanceof Uint8Array && bytes.length <= max;
}
