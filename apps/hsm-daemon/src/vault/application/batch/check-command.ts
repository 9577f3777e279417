import { CHANNELS, PURPOSES } from '@ramz/audit-log';
import { type DaemonState, NAME_CHARS_MAX, PERSON_ROLES, SIGNATURE_BYTES, STATEMENT_BYTES_MAX } from '@ramz/custody';
import { type ActivationCommand, isActivationCommand } from '../../../boundary/activation-commands.ts';
import { ADMITTED_IN } from '../../../boundary/admitted-in.ts';
import type {
  ActCommand,
  Command,
  EnrolCommand,
  FaultReply,
  SealedCode,
  Transaction,
  VerifyCommand,
} from '../../../boundary/commands.ts';
import type { LifeCycleCommand } from '../../../boundary/life-cycle-commands.ts';
import {
  ATTEMPTS_MAX,
  ENTRIES_MAX,
  ENVELOPE_BYTES_MAX,
  EVENTS_MAX,
  PAYEE_CHARS_MAX,
  PIN_BLOCK_BYTES,
  REASON_CHARS_MAX,
  SERIAL_CHARS_MAX,
} from '../../../boundary/limits.ts';
import { checkLifeCycle } from './check-act.ts';
import { checkActivation } from './check-activation.ts';
import { assert, isName, isSubjectName } from './check-fields.ts';
import { Fault, fault } from './fault.ts';

/**
 * Checks a command that crosses the wall: the vault does not trust the front to have checked it. A
 * command that a sound front would not have sent is a fault, not a crash.
 * @throws Fault `malformed`
 */
export function checkCommand(command: Command): void {
  try {
    checkFields(command);
  } catch (error) {
    // A field has the wrong type or is missing.
    if (error instanceof TypeError) throw new Fault('malformed', `the command ${command.kind} is malformed`);
    throw error;
  }
}

/** Returns whether a value is a command of a known kind. */
export function isCommand(command: unknown): command is Command {
  if (typeof command !== 'object' || command === null || !('kind' in command)) return false;
  return typeof command.kind === 'string' && Object.hasOwn(ADMITTED_IN, command.kind);
}

/** Returns the answer to anything else: a broken front must not end the vault. */
export function noCommand(state: DaemonState): FaultReply {
  return fault('malformed', 'the message is not a valid command', state);
}

const OF_A_GROUP: readonly Command['kind'][] = ['verify', 'resynchronise', 'verify-signature'];
const OF_A_CALLER: readonly Command['kind'][] = [...OF_A_GROUP, 'enrol', 'act', 'self-test', 'note-refusal'];

function checkFields(command: Command): void {
  const { caller, group } = command as { readonly caller?: unknown; readonly group?: unknown };
  if (OF_A_CALLER.includes(command.kind)) assert(isName(caller, NAME_CHARS_MAX), 'caller');
  if (OF_A_GROUP.includes(command.kind)) assert(isName(group, NAME_CHARS_MAX), 'group');
  switch (command.kind) {
    case 'verify':
      return checkVerify(command);
    case 'resynchronise':
      checkBare(command);
      checkVerify({ ...command, kind: 'verify', attempts: [command, { ...command, code: command.nextCode }] });
      assert(typeof command.goesBack === 'boolean', 'direction');
      return assert(command.transaction === undefined || isTransaction(command.transaction), 'transaction');
    case 'verify-signature':
      checkBare(command);
      checkVerify({ ...command, kind: 'verify', attempts: [{ ...command, purpose: 'transaction-signature' }] });
      return assert(isTransaction(command.transaction), 'transaction');
    case 'enrol':
      return checkEnrol(command);
    case 'act':
      return checkAct(command);
    case 'announce':
      return assert(isHexId(command.nonce), 'nonce');
    case 'minutes':
      return assert(isHexId(command.ceremony), 'ceremony');
    case 'self-test':
      return assert(command.force === '' || isName(command.force, NAME_CHARS_MAX), 'self-test');
    case 'entries':
      return assert(isIndex(command.first) && isIndex(command.count) && command.count <= ENTRIES_MAX, 'range');
    case 'events':
      return assert(isIndex(command.first) && isIndex(command.count) && command.count <= EVENTS_MAX, 'range');
    case 'proof':
      return assert(isIndex(command.at) && isIndex(command.size), 'size');
    case 'note-refusal':
      return assert(isName(command.rpc, NAME_CHARS_MAX) && isName(command.reason, REASON_CHARS_MAX), 'refusal');
    case 'keys':
    case 'checkpoint':
    case 'status':
      return;
    default:
      // A new command must say there what may be in it: the front is not trusted.
      return checkLater(command);
  }
}

function checkLater(command: LifeCycleCommand | ActivationCommand): void {
  return isActivationCommand(command) ? checkActivation(command) : checkLifeCycle(command);
}

function checkVerify({ channel, attempts }: VerifyCommand): void {
  assert(CHANNELS.includes(channel), 'channel');
  assert(attempts.length >= 1 && attempts.length <= ATTEMPTS_MAX, 'number of codes');
  for (const { requestId, subjectName, purpose, tokenSerial, code, sealedCode } of attempts) {
    assert(isName(requestId, NAME_CHARS_MAX), 'request id');
    assert(isSubjectName(subjectName), 'subject');
    assert(PURPOSES.includes(purpose), 'purpose');
    assert(tokenSerial === '' || isName(tokenSerial, SERIAL_CHARS_MAX), 'token serial');
    if (sealedCode === undefined) assert(typeof code === 'string' && /^[0-9]{4,10}$/.test(code), 'code');
    else checkSealed(sealedCode);
  }
}

/** Rejects a PIN block: only `verify` takes one. */
function checkBare(command: object): void {
  assert(!('sealedCode' in command) || command.sealedCode === undefined, 'PIN block');
}

function checkSealed(sealed: SealedCode): void {
  assert(typeof sealed === 'object' && sealed !== null, 'PIN block');
  const { zone, pinBlock } = sealed;
  assert(isName(zone, NAME_CHARS_MAX), 'zone');
  assert(pinBlock instanceof Uint8Array && pinBlock.length === PIN_BLOCK_BYTES, 'PIN block');
}

function checkEnrol({ subjectName, purpose, tokenSerial, tokenPublicKey }: EnrolCommand): void {
  assert(isSubjectName(subjectName), 'subject');
  assert(PURPOSES.includes(purpose), 'purpose');
  assert(isName(tokenSerial, SERIAL_CHARS_MAX), 'token serial');
  assert(tokenPublicKey instanceof Uint8Array, 'token key');
}

function checkAct({ role, statement, signature, attachment }: ActCommand): void {
  assert(PERSON_ROLES.includes(role), 'role');
  assert(statement instanceof Uint8Array && statement.length <= STATEMENT_BYTES_MAX, 'statement');
  assert(signature instanceof Uint8Array && signature.length === SIGNATURE_BYTES, 'signature');
  assert(attachment instanceof Uint8Array && attachment.length <= ENVELOPE_BYTES_MAX, 'envelope');
}

function isTransaction(transaction: unknown): boolean {
  const { type, amount, currency, payee } = (transaction ?? {}) as Partial<Transaction>;
  return [type, amount, currency, payee].every(isTransactionField);
}

/**
 * Allows the longest text that the front lets through: a character is one or two units of a string.
 */
function isTransactionField(text: unknown): boolean {
  return typeof text === 'string' && text.length >= 1 && text.length <= PAYEE_CHARS_MAX * 2;
}

function isHexId(text: unknown): boolean {
  return typeof text === 'string' && /^[0-9a-f]{32}$/.test(text);
}

function isIndex(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
