// The commands of the life cycle as they cross the wall.
import { ACCOUNT_KINDS, CHANNELS, PERSON_KINDS } from '@ramz/audit-log';
import { NAME_CHARS_MAX } from '@ramz/custody';
import type {
  ActRequest,
  IssuePermissionCommand,
  LifeCycleCommand,
  PutSubjectCommand,
  ReplayEntriesCommand,
  SubjectActCommand,
} from '../../../boundary/life-cycle-commands.ts';
import {
  ACCOUNTS_MAX,
  BRANCH_CHARS_MAX,
  REFERENCE_CHARS_MAX,
  REPLAYED_ENTRIES_MAX,
  SERIAL_CHARS_MAX,
} from '../../../boundary/limits.ts';
import { arePeople, assert, isMobileNumber, isName, isSubjectName } from './check-fields.ts';

const ENTRY_BYTES_MAX = 0xffff;

/** @throws Fault `malformed` */
export function checkLifeCycle(command: LifeCycleCommand): void {
  assert(isName(command.caller, NAME_CHARS_MAX), 'caller');
  switch (command.kind) {
    case 'end-replay':
      return;
    case 'replay-entries':
      return checkReplay(command);
    case 'file':
      return checkSubject(command);
    default:
      return checkAct(command);
  }
}

function checkAct(command: SubjectActCommand): void {
  checkAsked(command);
  switch (command.kind) {
    case 'put-subject':
      return checkPut(command);
    case 'issue-permission':
      return checkIssue(command);
    case 'withdraw-permission':
      return assert(isName(command.accountReference, REFERENCE_CHARS_MAX), 'account');
    case 'void-token':
    case 'report-lost':
    case 'report-found':
      return assert(isName(command.tokenSerial, SERIAL_CHARS_MAX), 'token serial');
    default:
      return;
  }
}

/** @throws Fault `malformed` */
export function checkAsked(command: ActRequest): void {
  checkSubject(command);
  assert(isName(command.group, NAME_CHARS_MAX), 'group');
  assert(isName(command.requestId, NAME_CHARS_MAX), 'request id');
}

function checkSubject({ channel, subjectName }: Pick<ActRequest, 'channel' | 'subjectName'>): void {
  assert(channel === '' || channel === 'gateway' || CHANNELS.includes(channel), 'channel');
  assert(isSubjectName(subjectName), 'subject');
}

function checkPut({ reference, mobileNumber, accounts }: PutSubjectCommand): void {
  assert(reference === '' || isName(reference, REFERENCE_CHARS_MAX), 'reference');
  assert(mobileNumber === '' || isMobileNumber(mobileNumber), 'mobile number');
  assert(Array.isArray(accounts) && accounts.length <= ACCOUNTS_MAX, 'accounts');
  for (const { accountReference, holders } of accounts) {
    assert(isName(accountReference, REFERENCE_CHARS_MAX), 'account');
    assert(arePeople(holders), 'holders');
  }
}

function checkIssue(command: IssuePermissionCommand): void {
  const { accountReference, accountKind, personKind, openingBranch, branch, holders, present } = command;
  assert(isName(accountReference, REFERENCE_CHARS_MAX), 'account');
  assert(ACCOUNT_KINDS.includes(accountKind) && PERSON_KINDS.includes(personKind), 'kind');
  assert(isName(openingBranch, BRANCH_CHARS_MAX) && isName(branch, BRANCH_CHARS_MAX), 'branch');
  assert(arePeople(holders) && arePeople(present), 'holders');
}

function checkReplay({ entries }: ReplayEntriesCommand): void {
  assert(Array.isArray(entries) && entries.length <= REPLAYED_ENTRIES_MAX, 'number of entries');
  assert(
    Array.from(entries).every((bytes) => bytes instanceof Uint8Array && bytes.length <= ENTRY_BYTES_MAX),
    'entries',
  );
}
