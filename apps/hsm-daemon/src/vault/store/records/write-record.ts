import { nibbleAt, PURPOSES, writeText } from '@ramz/audit-log';
import type { Enrolment, Observation } from '../../domain/enrolment/enrolment.ts';
import type { Standing } from '../../domain/enrolment/standing.ts';
import { HEAD, ID_BYTES, KIND, OBSERVATION_BYTES, STATUSES, TOKEN } from './layout.ts';

const UTF8_BYTES_A_UNIT_MAX = 3;

/** Returns the most bytes that the record of a standing needs. */
export function roomFor({ wrongAtMs, enrolments }: Standing): number {
  let room = HEAD.bytes + wrongAtMs.length * 8;
  for (const { tokenSerial, observed, usedResponses } of enrolments) {
    if (usedResponses !== undefined) room += 1 + usedResponses.length * ID_BYTES;
    room += TOKEN.bytes + tokenSerial.length * UTF8_BYTES_A_UNIT_MAX + (observed.length + 1) * OBSERVATION_BYTES;
  }
  return room;
}

/**
 * Writes a record, for which there must be room. Returns the end offset.
 * @throws RangeError when the standing has more of something than a record can hold
 */
export function writeRecord(bytes: Uint8Array, view: DataView, from: number, standing: Standing): number {
  const { wrongAtMs, enrolments } = standing;
  writeId(bytes, from + HEAD.subject, standing.subject);
  bytes[from + HEAD.purpose] = PURPOSES.indexOf(standing.purpose);
  bytes[from + HEAD.status] = STATUSES.indexOf(standing.status);
  bytes[from + HEAD.wrongSince] = upTo(0xff, standing.wrongSinceAccepted);
  bytes[from + HEAD.wrong] = upTo(0xff, wrongAtMs.length);
  view.setUint16(from + HEAD.tokens, upTo(0xffff, enrolments.length), true);
  view.setUint16(from + HEAD.reserved, 0);
  view.setFloat64(from + HEAD.through, standing.through, true);
  view.setFloat64(from + HEAD.generation, standing.generation, true);
  let at = from + HEAD.bytes;
  for (let i = 0; i < wrongAtMs.length; i++, at += 8) view.setFloat64(at, wrongAtMs[i] as number, true);
  for (let i = 0; i < enrolments.length; i++) at = writeToken(bytes, view, at, enrolments[i] as Enrolment);
  view.setUint32(from, at - from, true);
  return at;
}

function writeToken(bytes: Uint8Array, view: DataView, from: number, one: Enrolment): number {
  const { resynchronised, observed, usedResponses } = one;
  writeId(bytes, from, one.id);
  view.setFloat64(from + TOKEN.generation, one.generation, true);
  view.setFloat64(from + TOKEN.epoch, one.epoch, true);
  view.setFloat64(from + TOKEN.floor, one.floor, true);
  bytes[from + TOKEN.kind] = (usedResponses === undefined ? 0 : KIND.signing) | (one.isLost === true ? KIND.lost : 0);
  bytes[from + TOKEN.resynchronised] = resynchronised === undefined ? 0 : 1;
  bytes[from + TOKEN.observed] = upTo(0xff, observed.length);
  let at = writeText(bytes, from + TOKEN.bytes, one.tokenSerial);
  bytes[from + TOKEN.serialBytes] = upTo(0xff, at - from - TOKEN.bytes);
  if (resynchronised !== undefined) at = writeObservation(view, at, resynchronised);
  for (let i = 0; i < observed.length; i++) at = writeObservation(view, at, observed[i] as Observation);
  return usedResponses === undefined ? at : writeResponses(bytes, at, usedResponses);
}

function writeResponses(bytes: Uint8Array, from: number, responses: readonly string[]): number {
  bytes[from] = upTo(0xff, responses.length);
  let at = from + 1;
  for (let i = 0; i < responses.length; i++, at += ID_BYTES) writeId(bytes, at, responses[i] as string);
  return at;
}

function writeObservation(view: DataView, at: number, { step, atMs }: Observation): number {
  view.setFloat64(at, step, true);
  view.setFloat64(at + 8, atMs, true);
  return at + OBSERVATION_BYTES;
}

/** Writes 32 hexadecimal digits as 16 bytes. */
function writeId(bytes: Uint8Array, from: number, hex: string): void {
  for (let i = 0, at = from; i < 2 * ID_BYTES; i += 2, at++) bytes[at] = (nibbleAt(hex, i) << 4) | nibbleAt(hex, i + 1);
}

function upTo(max: number, count: number): number {
  if (count > max) throw new RangeError('a standing has more of something than its record can hold');
  return count;
}
