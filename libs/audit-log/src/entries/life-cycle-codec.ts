// The fields of an act, in the order of its type. A set of purposes is a byte, a bit for each; a
// channel is its number plus one, 0 for none. Entries about an activation end with its fields.
import { type ByteReader, named } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { ActivationFacts, LifeCycleEntry, PermissionFacts } from './entry.ts';
import {
  ACCOUNT_KINDS,
  ACT_OUTCOMES,
  ACTIVATION_ACTS,
  ACTIVATION_METHODS,
  CHANNELS,
  LIFE_CYCLE_ACTS,
  type LifeCycleAct,
  PERSON_KINDS,
  PURPOSES,
  type Purpose,
} from './words.ts';

export function writeLifeCycle(writer: ByteWriter, entry: LifeCycleEntry): void {
  writer.text(entry.caller);
  writer.u8(entry.channel === '' ? 0 : CHANNELS.indexOf(entry.channel) + 1);
  writer.u8(LIFE_CYCLE_ACTS.indexOf(entry.act));
  writer.u8(ACT_OUTCOMES.indexOf(entry.outcome));
  writer.id(entry.subject);
  writer.u8(entry.purposes.reduce((bits, purpose) => bits | (1 << PURPOSES.indexOf(purpose)), 0));
  writer.id(entry.number);
  writer.ids(entry.enrolments);
  writer.blob(entry.reference);
  writePermission(writer, entry.permission);
  writer.u64(entry.voidedSubjects);
  writer.u64(entry.voidedEnrolments);
  writer.id(entry.requestKey);
  writer.id(entry.requestDigest);
  if (namesActivation(entry.act)) writeActivation(writer, entry.activation ?? NO_ACTIVATION);
}

// The fields of an object literal are evaluated in the order in which they are written.
export function readLifeCycle(atMs: number, from: ByteReader): LifeCycleEntry {
  const entry: LifeCycleEntry = {
    kind: 'life-cycle',
    atMs,
    caller: from.text(),
    channel: readChannel(from.u8()),
    act: named(LIFE_CYCLE_ACTS, from.u8()),
    outcome: named(ACT_OUTCOMES, from.u8()),
    subject: from.id(),
    purposes: readPurposes(from.u8()),
    number: from.id(),
    enrolments: from.ids(),
    reference: from.bytes(),
    permission: readPermission(from),
    voidedSubjects: from.u64(),
    voidedEnrolments: from.u64(),
    requestKey: from.id(),
    requestDigest: from.id(),
  };
  return namesActivation(entry.act) ? { ...entry, activation: readActivation(from) } : entry;
}

const NAMING: ReadonlySet<LifeCycleAct> = new Set(ACTIVATION_ACTS);

function namesActivation(act: LifeCycleAct): boolean {
  return NAMING.has(act);
}

/** Of an act on a subject that has none. */
const NO_ACTIVATION: ActivationFacts = {
  id: '',
  method: 'app',
  epoch: 0,
  storeEpoch: 0,
  codeUntilMs: 0,
  textCode: 0,
  textUntilMs: 0,
  appKey: '',
  made: [],
};

function writeActivation(writer: ByteWriter, facts: ActivationFacts): void {
  writer.id(facts.id);
  writer.u8(ACTIVATION_METHODS.indexOf(facts.method));
  writer.u64(facts.epoch);
  writer.u64(facts.storeEpoch);
  writer.u64(facts.codeUntilMs);
  writer.u8(facts.textCode);
  writer.u64(facts.textUntilMs);
  writer.id(facts.appKey);
  writer.ids(facts.made);
}

function readActivation(from: ByteReader): ActivationFacts {
  return {
    id: from.id(),
    method: named(ACTIVATION_METHODS, from.u8()),
    epoch: from.u64(),
    storeEpoch: from.u64(),
    codeUntilMs: from.u64(),
    textCode: from.u8(),
    textUntilMs: from.u64(),
    appKey: from.id(),
    made: from.ids(),
  };
}

function readChannel(number: number): LifeCycleEntry['channel'] {
  return number === 0 ? '' : named(CHANNELS, number - 1);
}

function readPurposes(bits: number): Purpose[] {
  if (bits >> PURPOSES.length !== 0) throw new RangeError('the entry has an unknown purpose');
  return PURPOSES.filter((_, i) => ((bits >> i) & 1) === 1);
}

/** Writes 0, or 1 and the fields. */
function writePermission(writer: ByteWriter, permission: PermissionFacts | undefined): void {
  writer.u8(permission === undefined ? 0 : 1);
  if (permission === undefined) return;
  writer.id(permission.account);
  writer.id(permission.holders);
  writer.u8(PERSON_KINDS.indexOf(permission.personKind));
  writer.u8(ACCOUNT_KINDS.indexOf(permission.accountKind));
  writer.text(permission.branch);
}

function readPermission(from: ByteReader): PermissionFacts | undefined {
  const flag = from.u8();
  // An entry has exactly one form.
  if (flag > 1) throw new RangeError('a flag of the entry is neither 0 nor 1');
  if (flag === 0) return undefined;
  return {
    account: from.id(),
    holders: from.id(),
    personKind: named(PERSON_KINDS, from.u8()),
    accountKind: named(ACCOUNT_KINDS, from.u8()),
    branch: from.text(),
  };
}
