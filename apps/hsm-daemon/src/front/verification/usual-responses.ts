// Writes the responses that are sent by the thousand as the library would (protobuf encoding; a
// field with its default is omitted). Any unusual response is left to the library.
import type { WireVerifyBatchResponse, WireVerifyResponse, WireVerifyStreamResponse } from '@ramz/proto';

/** Numbers in the contract. */
export const VERDICT_NUMBERS: Readonly<Record<string, number>> = {
  VERDICT_UNSPECIFIED: 0,
  VERDICT_ACCEPTED: 1,
  VERDICT_REFUSED: 2,
  VERDICT_LOCKED: 3,
};
export const REASON_NUMBERS: Readonly<Record<string, number>> = {
  VERDICT_REASON_UNSPECIFIED: 0,
  VERDICT_REASON_ACCEPTED: 1,
  VERDICT_REASON_WRONG_CODE: 2,
  VERDICT_REASON_USED_CODE: 3,
  VERDICT_REASON_LOCKED_NOW: 4,
  VERDICT_REASON_LOCKED_BEFORE: 5,
  VERDICT_REASON_NOT_ENROLLED: 6,
  VERDICT_REASON_SLOW_LOCKED_NOW: 7,
  VERDICT_REASON_CARD_LOCKED_NOW: 8,
  VERDICT_REASON_RESYNCHRONISED: 9,
  VERDICT_REASON_DEACTIVATED: 10,
  VERDICT_REASON_BLOCKED: 11,
  VERDICT_REASON_VOIDED: 12,
};

const VERDICT_TAG = 0x08;
const LOG_INDEX_TAG = 0x11;
const REASON_TAG = 0x18;
const REPEATED_TAG = 0x20;
/** Field 1, length-delimited: a response of a batch, and the request id of a stream response. */
const FIRST_TAG = 0x0a;
const VERDICT_OF_STREAM_TAG = 0x12;
/** A response with all of its fields: 2 + 9 + 2 + 2. */
const RESPONSE_BYTES_MAX = 15;
const SHORT_MAX = 0x7f;
const ASCII_MAX = 0x7f;
const TWO_POW_32 = 2 ** 32;

export function writeUsualResponse(response: WireVerifyResponse): Buffer {
  const bytes = Buffer.allocUnsafe(RESPONSE_BYTES_MAX);
  return bytes.subarray(0, writeInto(bytes, 0, response));
}

export function writeUsualBatch({ responses = [] }: WireVerifyBatchResponse): Buffer {
  const bytes = Buffer.allocUnsafe(responses.length * (2 + RESPONSE_BYTES_MAX));
  let at = 0;
  for (const response of responses) at = writeBehindLength(bytes, at, FIRST_TAG, response);
  return bytes.subarray(0, at);
}

/** Returns undefined for a refusal, and for a request id that is empty, long or not ASCII. */
export function writeUsualStreamResponse({ requestId = '', verdict }: WireVerifyStreamResponse): Buffer | undefined {
  if (verdict === undefined || verdict === null || requestId.length === 0 || requestId.length > SHORT_MAX) {
    return undefined;
  }
  const bytes = Buffer.allocUnsafe(4 + requestId.length + RESPONSE_BYTES_MAX);
  bytes[0] = FIRST_TAG;
  bytes[1] = requestId.length;
  for (let i = 0; i < requestId.length; i++) {
    const unit = requestId.charCodeAt(i);
    if (unit > ASCII_MAX) return undefined;
    bytes[2 + i] = unit;
  }
  return bytes.subarray(0, writeBehindLength(bytes, 2 + requestId.length, VERDICT_OF_STREAM_TAG, verdict));
}

function writeBehindLength(into: Buffer, at: number, tag: number, response: WireVerifyResponse): number {
  const end = writeInto(into, at + 2, response);
  into[at] = tag;
  into[at + 1] = end - at - 2;
  return end;
}

function writeInto(into: Buffer, from: number, { verdict, logIndex, reason, repeated }: WireVerifyResponse): number {
  let at = writeNumber(into, from, VERDICT_TAG, numberIn(VERDICT_NUMBERS, verdict));
  const index = Number(logIndex);
  if (index > 0) {
    into[at] = LOG_INDEX_TAG;
    at = into.writeUInt32LE(index % TWO_POW_32, at + 1);
    at = into.writeUInt32LE(Math.floor(index / TWO_POW_32), at);
  }
  if (reason !== undefined) at = writeNumber(into, at, REASON_TAG, numberIn(REASON_NUMBERS, reason));
  return writeNumber(into, at, REPEATED_TAG, Number(repeated));
}

function numberIn(numbers: Readonly<Record<string, number>>, name: unknown): number {
  const number = numbers[String(name)];
  if (number === undefined) throw new TypeError('an answer has a word that the contract does not know');
  return number;
}

function writeNumber(into: Buffer, at: number, tag: number, value: number): number {
  if (value === 0) return at;
  into[at] = tag;
  into[at + 1] = value;
  return at + 2;
}
