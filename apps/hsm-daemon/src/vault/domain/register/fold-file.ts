// Folds an entry of the audit log into the file of its subject. Files change in no other way: the
// log alone determines every file.
import type { EnrolledEntry, LifeCycleEntry, PermissionFacts } from '@ramz/audit-log';
import { foldActivation } from '../activation/fold-activation.ts';
import { ACTS, CODE_ACTS, GIVING_ACTS } from '../life-cycle/acts.ts';
import { actsOfDay, emptyFile, type Permission, type SubjectFile, TAKING_ACTS_KEPT } from './subject-file.ts';

/** Entries that change one subject's file. */
export type FileEntry = LifeCycleEntry | EnrolledEntry;

export function changesFile(entry: { readonly kind: string }): entry is FileEntry {
  return entry.kind === 'life-cycle' || entry.kind === 'enrolled';
}

/**
 * An enrolment makes a file, too: of two daemons that enrol and close a new card at once, one then
 * finds the other's row.
 */
export function foldFile(before: SubjectFile | undefined, entry: FileEntry, logIndex: number): SubjectFile | undefined {
  if (entry.subject === '') return before;
  if (entry.kind === 'enrolled') return foldEnrolled(before ?? emptyFile(entry.subject), entry, logIndex);
  if (entry.outcome !== 'done' && before === undefined) return undefined;
  const known = before ?? emptyFile(entry.subject);
  const file = remember(entry.outcome === 'done' ? foldDone(known, entry) : known, entry, logIndex);
  return withActivation(file, foldActivation(known.activation, entry), logIndex);
}

function withActivation(file: SubjectFile, activation: SubjectFile['activation'], through: number): SubjectFile {
  if (activation !== undefined) return { ...file, activation, through };
  const { activation: _, ...without } = file;
  return { ...without, through };
}

/** Tokens are issued under the number that is registered at that time (M-35). */
function foldEnrolled(before: SubjectFile, { purpose, enrolmentId }: EnrolledEntry, through: number): SubjectFile {
  const isStaticSecondPinOn = before.isStaticSecondPinOn && purpose !== 'second-pin';
  const method = before.activation?.made.includes(enrolmentId) === true ? before.activation.method : 'device';
  return { ...before, issuedUnder: before.registered, method, isStaticSecondPinOn, through };
}

function foldDone(before: SubjectFile, entry: LifeCycleEntry): SubjectFile {
  const file = withStaticPin(before, entry);
  // The codes, too, are of the number: another number ends them (M-35).
  if (CODE_ACTS.includes(entry.act)) return { ...file, issuedUnder: file.registered };
  switch (entry.act) {
    case 'subject-put':
      return { ...withFacts(file, entry), isClosed: false };
    case 'number-changed':
      return withoutTokens(withFacts(file, entry));
    case 'voided-under-number':
      return withoutTokens(file);
    case 'subject-closed':
      return { ...withoutTokens(file), registered: '', permissions: [], isClosed: true };
    case 'deactivated':
      return withoutTokens(file);
    case 'second-pin-blocked':
    case 'replayed-block':
      return { ...file, isSecondPinBlocked: true };
    case 'second-pin-unblocked':
      return { ...file, isSecondPinBlocked: false };
    case 'permission-issued':
      return { ...file, permissions: [...others(file, entry.permission), ...issued(entry)] };
    case 'permission-withdrawn':
      return { ...file, permissions: others(file, entry.permission) };
    default:
      return file;
  }
}

/** A blocked second PIN stays off until the block is lifted (M-33). */
function withStaticPin(file: SubjectFile, { act }: LifeCycleEntry): SubjectFile {
  const { staticSecondPin } = ACTS[act];
  // The enrolment of its second PIN turns the static one off: a customer may have none.
  if (staticSecondPin === 'as-it-is' || act === 'activated') return file;
  if (staticSecondPin === 'off') return { ...file, isStaticSecondPinOn: false };
  const stays = file.isSecondPinBlocked && act !== 'second-pin-unblocked';
  return { ...file, isStaticSecondPinOn: stays ? file.isStaticSecondPinOn : true };
}

function withFacts(file: SubjectFile, { number, reference }: LifeCycleEntry): SubjectFile {
  return {
    ...file,
    registered: number === '' ? file.registered : number,
    reference: reference.length === 0 ? file.reference : reference,
  };
}

function withoutTokens(file: SubjectFile): SubjectFile {
  return { ...file, issuedUnder: '', method: 'none' };
}

function others({ permissions }: SubjectFile, permission: PermissionFacts | undefined): readonly Permission[] {
  return permissions.filter(({ account }) => account !== permission?.account);
}

function issued({ permission, atMs }: LifeCycleEntry): readonly Permission[] {
  return permission === undefined ? [] : [{ ...permission, issuedAtMs: atMs }];
}

/** What follows from another subject's act was not asked for, so it is not remembered. */
function remember(file: SubjectFile, entry: LifeCycleEntry, logIndex: number): SubjectFile {
  const { requestKey, requestDigest, act, outcome, atMs, voidedSubjects, voidedEnrolments } = entry;
  if (requestKey === '' || isForgotten(entry)) return file;
  const voided = { voidedSubjects, voidedEnrolments };
  const remembered = { requestKey, requestDigest, act, outcome, atMs, logIndex, ...voided };
  const acts = [...actsOfDay(file, atMs), remembered];
  const taking = acts.filter((one) => !GIVING_ACTS.includes(one.act));
  const forgotten = new Set(taking.slice(0, Math.max(0, taking.length - TAKING_ACTS_KEPT)));
  return { ...file, acts: acts.filter((one) => !forgotten.has(one)) };
}

/**
 * What a gateway is refused is anyone's, and must not drive out what is remembered. Only wrong
 * numbers are, to count them.
 */
function isForgotten({ act, outcome }: LifeCycleEntry): boolean {
  if (act === 'codes-refused') return true;
  if (act === 'token-deleted') return outcome !== 'done';
  return act === 'text-repeated' && outcome !== 'done' && outcome !== 'number-differs';
}
