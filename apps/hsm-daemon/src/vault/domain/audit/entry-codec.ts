import { CHANNELS, PURPOSES, VERDICT_REASONS } from '../../../boundary/commands.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { CEREMONY_ACTS, type Entry } from './entry.ts';

// The bytes of an entry are what the audit tree hashes: one entry has exactly one form, and a number in
// these lists never changes its meaning. New kinds and reasons are added at the end.
const KINDS = ['verdict', 'enrolled', 'ceremony', 'refusal', 'daemon', 'restored'] as const;
const DAEMON_ACTS = ['started', 'stopped'] as const;

const writer = new ByteWriter();

/** `kind | time | fields in the order of the type`. */
export function encodeEntry(entry: Entry): Uint8Array {
  writer.begin();
  writer.u8(KINDS.indexOf(entry.kind));
  writer.u64(entry.at_ms);
  writeFields(entry);
  return writer.take();
}

/** What kind of entry it is, without reading the rest. @throws RangeError for a kind that there is not */
export function kindOf(bytes: Uint8Array): Entry['kind'] {
  return named(KINDS, bytes[0] ?? KINDS.length);
}

/** @throws RangeError for bytes that are no entry: the log is broken */
export function decodeEntry(bytes: Uint8Array): Entry {
  const reader = new ByteReader(bytes);
  const kind = named(KINDS, reader.u8());
  const entry = readFields(kind, reader.u64(), reader);
  if (!reader.ended) throw new RangeError('bytes follow the entry');
  return entry;
}

function writeFields(entry: Entry): void {
  switch (entry.kind) {
    case 'verdict':
      writer.text(entry.caller);
      writer.u8(CHANNELS.indexOf(entry.channel));
      writer.id(entry.subject);
      writer.u8(PURPOSES.indexOf(entry.purpose));
      writer.id(entry.enrolment_id);
      writer.u8(VERDICT_REASONS.indexOf(entry.reason));
      writer.u64(entry.step);
      writer.id(entry.request_key);
      writer.id(entry.request_digest);
      return;
    case 'enrolled':
      writer.text(entry.caller);
      writer.id(entry.subject);
      writer.u8(PURPOSES.indexOf(entry.purpose));
      writer.id(entry.enrolment_id);
      writer.id(entry.voids);
      writer.u64(entry.generation);
      writer.u64(entry.epoch);
      writer.text(entry.token_serial);
      writer.u64(entry.floor);
      return;
    case 'ceremony':
      writer.text(entry.caller);
      writer.id(entry.ceremony);
      writer.u8(CEREMONY_ACTS.indexOf(entry.act));
      writer.text(entry.by);
      writer.bytes(new TextEncoder().encode(entry.detail));
      writer.bytes(entry.statement);
      writer.bytes(entry.signature);
      return;
    case 'restored':
      writer.id(entry.ceremony);
      writer.u64(entry.epoch);
      for (const purpose of PURPOSES) writer.u64(entry.floors[purpose]);
      return;
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

// An object literal's fields are read in the order they are written in.
function readFields(kind: Entry['kind'], at_ms: number, from: ByteReader): Entry {
  switch (kind) {
    case 'verdict':
      return {
        kind,
        at_ms,
        caller: from.text(),
        channel: named(CHANNELS, from.u8()),
        subject: from.id(),
        purpose: named(PURPOSES, from.u8()),
        enrolment_id: from.id(),
        reason: named(VERDICT_REASONS, from.u8()),
        step: from.u64(),
        request_key: from.id(),
        request_digest: from.id(),
      };
    case 'enrolled':
      return {
        kind,
        at_ms,
        caller: from.text(),
        subject: from.id(),
        purpose: named(PURPOSES, from.u8()),
        enrolment_id: from.id(),
        voids: from.id(),
        generation: from.u64(),
        epoch: from.u64(),
        token_serial: from.text(),
        floor: from.u64(),
      };
    case 'ceremony':
      return {
        kind,
        at_ms,
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
        at_ms,
        ceremony: from.id(),
        epoch: from.u64(),
        floors: { 'first-pin': from.u64(), 'second-pin': from.u64() },
      };
    case 'refusal':
      return { kind, at_ms, caller: from.text(), rpc: from.text(), reason: from.text() };
    case 'daemon':
      return { kind, at_ms, act: named(DAEMON_ACTS, from.u8()), version: from.text(), software: from.text() };
  }
}

function named<T>(names: readonly T[], index: number): T {
  const name = names[index];
  if (name === undefined) throw new RangeError(`the entry has an unknown number ${index}`);
  return name;
}
