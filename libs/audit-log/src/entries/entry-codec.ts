import { ByteReader, named } from './byte-reader.ts';
import { ByteWriter, ID_BYTES } from './byte-writer.ts';
import {
  CEREMONY_ACTS,
  type EnrolledEntry,
  type Entry,
  type RestoredEntry,
  type SignedEntry,
  type SpentEntry,
  type Verdict,
  type VerdictEntry,
} from './entry.ts';
import { readLifeCycle, writeLifeCycle } from './life-cycle-codec.ts';
import { CHANNELS, PURPOSES, type Purpose, VERDICT_REASONS } from './words.ts';

// The audit tree hashes the bytes of an entry: an entry has exactly one form, and a number in these
// lists never changes its meaning. New kinds and reasons are added at the end.
const KINDS = [
  'verdict',
  'enrolled',
  'ceremony',
  'refusal',
  'daemon',
  'restored',
  'spent',
  'lifted',
  'signed',
  'life-cycle',
] as const;
const DAEMON_ACTS = ['started', 'stopped'] as const;

export function encodeEntry(entry: Entry): Uint8Array {
  const writer = new ByteWriter();
  writeEntry(writer, entry);
  return writer.bytes().slice();
}

/** Writes `kind | time | fields in the order of the type`. */
export function writeEntry(into: ByteWriter, entry: Entry): void {
  into.u8(KINDS.indexOf(entry.kind));
  into.u64(entry.atMs);
  writeFields(into, entry);
}

/** Writes a verdict. Its request's key and digest are 16 bytes each, consecutive at `at`. */
export function writeVerdict(into: ByteWriter, verdict: Verdict, names: Uint8Array, at: number): void {
  into.u8(KINDS.indexOf(verdict.kind));
  into.u64(verdict.atMs);
  writeVerdictFields(into, verdict);
  into.copy(names, at, 2 * ID_BYTES);
}

/**
 * Returns the kind of an entry, without decoding the rest.
 * @throws RangeError for an unknown kind
 */
export function kindOf(bytes: Uint8Array): Entry['kind'] {
  return named(KINDS, bytes[0] ?? KINDS.length);
}

/** @throws RangeError for bytes that are not an entry: the log is corrupt */
export function decodeEntry(bytes: Uint8Array): Entry {
  const reader = new ByteReader(bytes);
  const kind = named(KINDS, reader.u8());
  const entry = readFields(kind, reader.u64(), reader);
  if (!reader.ended) throw new RangeError('bytes follow the entry');
  return entry;
}

function writeFields(writer: ByteWriter, entry: Entry): void {
  switch (entry.kind) {
    case 'verdict':
      writeVerdictFields(writer, entry);
      writer.id(entry.requestKey);
      writer.id(entry.requestDigest);
      return;
    case 'enrolled':
      writer.text(entry.caller);
      writer.id(entry.subject);
      writer.u8(PURPOSES.indexOf(entry.purpose));
      writer.id(entry.enrolmentId);
      writer.ids(entry.voids);
      writer.u64(entry.generation);
      writer.u64(entry.epoch);
      writer.text(entry.tokenSerial);
      writer.u64(entry.floor);
      return;
    case 'ceremony':
      writer.text(entry.caller);
      writer.id(entry.ceremony);
      writer.u8(CEREMONY_ACTS.indexOf(entry.act));
      writer.text(entry.by);
      writer.blob(new TextEncoder().encode(entry.detail));
      writer.blob(entry.statement);
      writer.blob(entry.signature);
      return;
    case 'restored':
      writer.id(entry.ceremony);
      writer.u64(entry.epoch);
      return writeFloors(writer, entry.floors);
    case 'spent':
      return writeStep(writer, entry);
    case 'signed':
      writeStep(writer, entry);
      writer.id(entry.response);
      return;
    case 'lifted':
      writer.id(entry.subject);
      writer.u8(PURPOSES.indexOf(entry.purpose));
      return;
    case 'life-cycle':
      return writeLifeCycle(writer, entry);
    case 'refusal':
      writer.text(entry.caller);
      writer.text(entry.rpc);
      writer.text(entry.reason);
      return;
    case 'daemon':
      writer.u8(DAEMON_ACTS.indexOf(entry.act));
      writer.text(entry.version);
      writer.text(entry.software);
      return;
  }
}

function writeStep(writer: ByteWriter, entry: SpentEntry | SignedEntry): void {
  writer.id(entry.subject);
  writer.u8(PURPOSES.indexOf(entry.purpose));
  writer.id(entry.enrolmentId);
  writer.u64(entry.step);
}

function readStep(from: ByteReader): Pick<SpentEntry, 'subject' | 'purpose' | 'enrolmentId' | 'step'> {
  return {
    subject: from.id(),
    purpose: named(PURPOSES, from.u8()),
    enrolmentId: from.id(),
    step: from.u64(),
  };
}

function writeVerdictFields(writer: ByteWriter, verdict: Verdict): void {
  writer.text(verdict.caller);
  writer.u8(CHANNELS.indexOf(verdict.channel));
  writer.id(verdict.subject);
  writer.u8(PURPOSES.indexOf(verdict.purpose));
  writer.id(verdict.enrolmentId);
  writer.u8(VERDICT_REASONS.indexOf(verdict.reason));
  writer.u64(verdict.step);
}

// The fields of an object literal are evaluated in the order in which they are written.
function readVerdict(atMs: number, from: ByteReader): VerdictEntry {
  return {
    kind: 'verdict',
    atMs,
    caller: from.text(),
    channel: named(CHANNELS, from.u8()),
    subject: from.id(),
    purpose: named(PURPOSES, from.u8()),
    enrolmentId: from.id(),
    reason: named(VERDICT_REASONS, from.u8()),
    step: from.u64(),
    requestKey: from.id(),
    requestDigest: from.id(),
  };
}

function readEnrolled(atMs: number, from: ByteReader): EnrolledEntry {
  return {
    kind: 'enrolled',
    atMs,
    caller: from.text(),
    subject: from.id(),
    purpose: named(PURPOSES, from.u8()),
    enrolmentId: from.id(),
    voids: from.ids(),
    generation: from.u64(),
    epoch: from.u64(),
    tokenSerial: from.text(),
    floor: from.u64(),
  };
}

function readFields(kind: Entry['kind'], atMs: number, from: ByteReader): Entry {
  switch (kind) {
    case 'verdict':
      return readVerdict(atMs, from);
    case 'enrolled':
      return readEnrolled(atMs, from);
    case 'ceremony':
      return {
        kind,
        atMs,
        caller: from.text(),
        ceremony: from.id(),
        act: named(CEREMONY_ACTS, from.u8()),
        by: from.text(),
        detail: new TextDecoder('utf-8', { fatal: true }).decode(from.bytes()),
        statement: from.bytes(),
        signature: from.bytes(),
      };
    case 'restored':
      return {
        kind,
        atMs,
        ceremony: from.id(),
        epoch: from.u64(),
        floors: readFloors(from),
      };
    case 'spent':
      return { kind, atMs, ...readStep(from) };
    case 'signed':
      return { kind, atMs, ...readStep(from), response: from.id() };
    case 'lifted':
      return { kind, atMs, subject: from.id(), purpose: named(PURPOSES, from.u8()) };
    case 'life-cycle':
      return readLifeCycle(atMs, from);
    case 'refusal':
      return { kind, atMs, caller: from.text(), rpc: from.text(), reason: from.text() };
    case 'daemon':
      return { kind, atMs, act: named(DAEMON_ACTS, from.u8()), version: from.text(), software: from.text() };
  }
}

/** Writes `count | (purpose | floor)*`, in the order of the purposes. */
function writeFloors(writer: ByteWriter, floors: RestoredEntry['floors']): void {
  const written = PURPOSES.filter((purpose) => floors[purpose] !== undefined);
  writer.u8(written.length);
  for (const purpose of written) {
    writer.u8(PURPOSES.indexOf(purpose));
    writer.u64(floors[purpose] ?? 0);
  }
}

function readFloors(from: ByteReader): RestoredEntry['floors'] {
  const floors: Partial<Record<Purpose, number>> = {};
  let last = -1;
  for (let left = from.u8(); left > 0; left--) {
    const number = from.u8();
    // An entry has exactly one form.
    if (number <= last) throw new RangeError('the floors are out of order');
    last = number;
    floors[named(PURPOSES, number)] = from.u64();
  }
  return floors;
}
