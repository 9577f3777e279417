// The requests that come by the thousand, as a usual client writes them (protobuf encoding: tag, length, bytes), read
// without an object for each part. Whatever is unusual in any way is left to the library, which knows everything.
import type { WireVerifyBatchRequest, WireVerifyRequest, WireVerifyStreamRequest } from '@ramz/proto';

/** By their numbers in the contract. */
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
/** Field 1, of a length: the only one of the messages around a VerifyRequest. */
const INNER_TAG = 0x0a;
const LENGTH_WIRE_TYPE = 2;
/** A length of one byte; a text of more is longer than any that is right. */
const SHORT_MAX = 0x7f;
const ASCII_MAX = 0x7f;
/** Longer than any that is read here. */
const NO_VALUE = SHORT_MAX + 1;
const NO_BYTES = Buffer.alloc(0);

interface SlicedBuffer extends Buffer {
  /** The runtime's own, which the types leave out: a third of the time of `toString` for a few bytes. */
  latin1Slice(from: number, end: number): string;
}

// Where each field of the request that is being read lies; both 0 for one that is absent.
const starts = new Int32Array(FIELDS_MAX);
const ends = new Int32Array(FIELDS_MAX);

/** Undefined for an unusual one. */
export function readUsualRequest(message: Buffer): WireVerifyRequest | undefined {
  return requestIn(message, 0, message.length);
}

/** Undefined for an unusual one. */
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

/** Undefined for an unusual one, and for one that holds no request. */
export function readUsualStreamRequest(message: Buffer): WireVerifyStreamRequest | undefined {
  const length = innerLengthAt(message, 0);
  const from = length > SHORT_MAX ? 3 : 2;
  if (length < 0 || from + length !== message.length) return undefined;
  const request = requestIn(message, from, message.length);
  return request && { request };
}

/** The length of the message in a message: a varint of one byte, or of two. -1 for anything else. */
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

/** Notes where the fields are. Returns the number of the purpose; -1 for a request that is unusual. */
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
  // A tag at the very end has no value: what stands behind it is another's.
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
