// Reads the requests that arrive by the thousand, as a usual client writes them (protobuf encoding:
// tag, length, bytes), without an object for each part. Any unusual request is left to the library,
// which can read everything.
import type { WireVerifyBatchRequest, WireVerifyRequest, WireVerifyStreamRequest } from '@ramz/proto';

/** Ordered by their numbers in the contract. */
export const PURPOSES_BY_NUMBER: readonly WireVerifyRequest['purpose'][] = [
  'PURPOSE_UNSPECIFIED',
  'PURPOSE_FIRST_PIN',
  'PURPOSE_SECOND_PIN',
  'PURPOSE_CHANNEL_LOGIN',
  'PURPOSE_TRANSACTION_SIGNATURE',
];

/** Fields of a VerifyRequest, by their numbers in the contract. */
const FIELD = {
  requestId: 1,
  cardNumber: 2,
  purpose: 3,
  code: 4,
  terminalId: 5,
  customerNumber: 6,
  tokenSerial: 7,
} as const;
const FIELDS_MAX = 8;
const PURPOSE_TAG = FIELD.purpose << 3;
/** Field 1, length-delimited: the only field of the messages around a VerifyRequest. */
const INNER_TAG = 0x0a;
const LENGTH_WIRE_TYPE = 2;
/** Largest length in one byte. A longer text is never valid. */
const SHORT_MAX = 0x7f;
const ASCII_MAX = 0x7f;
/** Longer than any length that is read here. */
const NO_VALUE = SHORT_MAX + 1;
const NO_BYTES = Buffer.alloc(0);

interface SlicedBuffer extends Buffer {
  /**
   * A method of the runtime that the types leave out. For a few bytes it takes a third of the time
   * of `toString`.
   */
  latin1Slice(from: number, end: number): string;
}

// Where each field of the current request lies; both 0 for an absent field.
const starts = new Int32Array(FIELDS_MAX);
const ends = new Int32Array(FIELDS_MAX);

/** Returns undefined for an unusual message. */
export function readUsualRequest(message: Buffer): WireVerifyRequest | undefined {
  return requestIn(message, 0, message.length);
}

/** Returns undefined for an unusual message. */
export function readUsualBatch(message: Buffer): WireVerifyBatchRequest | undefined {
  const requests: WireVerifyRequest[] = [];
  for (let at = 0; at < message.length; ) {
    const length = innerLengthAt(message, at);
    const from = at + (length > SHORT_MAX ? 3 : 2);
    const request = length < 0 ? undefined : requestIn(message, from, from + length);
    if (request === undefined) return undefined;
    requests.push(request);
    at = from + length;
  }
  return { requests };
}

/** Returns undefined for an unusual message, and for one without a request. */
export function readUsualStreamRequest(message: Buffer): WireVerifyStreamRequest | undefined {
  const length = innerLengthAt(message, 0);
  const from = length > SHORT_MAX ? 3 : 2;
  if (length < 0 || from + length !== message.length) return undefined;
  const request = requestIn(message, from, message.length);
  return request && { request };
}

/** Returns the length of an inner message: a varint of one byte or two. -1 for anything else. */
function innerLengthAt(message: Buffer, at: number): number {
  if (message[at] !== INNER_TAG) return -1;
  const low = message[at + 1] ?? 0;
  if (low <= SHORT_MAX) return low;
  const high = message[at + 2] ?? 0;
  // A second byte of zero is another way to write what one byte can.
  return high === 0 || high > SHORT_MAX ? -1 : (low & SHORT_MAX) | (high << 7);
}

function requestIn(bytes: Buffer, from: number, end: number): WireVerifyRequest | undefined {
  if (end > bytes.length) return undefined;
  const purpose = PURPOSES_BY_NUMBER[findFields(bytes, from, end)];
  if (purpose === undefined) return undefined;
  return {
    requestId: textOf(bytes, FIELD.requestId),
    cardNumber: textOf(bytes, FIELD.cardNumber),
    purpose,
    code: textOf(bytes, FIELD.code),
    terminalId: textOf(bytes, FIELD.terminalId),
    customerNumber: textOf(bytes, FIELD.customerNumber),
    tokenSerial: textOf(bytes, FIELD.tokenSerial),
    pinBlock: NO_BYTES,
    zone: '',
  };
}

/** Records where the fields are. Returns the number of the purpose; -1 for an unusual request. */
function findFields(bytes: Buffer, from: number, end: number): number {
  starts.fill(0);
  ends.fill(0);
  let purpose = 0;
  let at = from;
  while (at < end) {
    const tag = bytes[at] as number;
    const value = bytes[at + 1] ?? NO_VALUE;
    at += 2;
    if (value > SHORT_MAX) return -1;
    if (tag === PURPOSE_TAG) {
      purpose = value;
      continue;
    }
    const field = tag >> 3;
    if ((tag & 7) !== LENGTH_WIRE_TYPE || field === 0 || field === FIELD.purpose || field >= FIELDS_MAX) return -1;
    if (at + value > end || !isAscii(bytes, at, at + value)) return -1;
    starts[field] = at;
    ends[field] = at + value;
    at += value;
  }
  // A tag at the very end has no value: the byte after it belongs to something else.
  return at === end ? purpose : -1;
}

function isAscii(bytes: Buffer, from: number, end: number): boolean {
  let all = 0;
  for (let i = from; i < end; i++) all |= bytes[i] as number;
  return all <= ASCII_MAX;
}

function textOf(bytes: Buffer, field: number): string {
  const [from, end] = [starts[field] as number, ends[field] as number];
  return from === end ? '' : (bytes as SlicedBuffer).latin1Slice(from, end);
}
