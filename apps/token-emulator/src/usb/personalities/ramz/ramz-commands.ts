// docs/reference/hid-protocol.md, "Commands" and "Answers".
import { KEYS, type Key } from '../../../firmware/token-event.ts';
import { STATE_NAMES, type StateName, type TokenParameters } from '../../../firmware/token-state.ts';

export const COMMAND = {
  info: 0x01,
  display: 0x02,
  provision: 0x03,
  press: 0x04,
  state: 0x05,
  challenge: 0x06,
  setPin: 0x07,
  key: 0x08,
  setClock: 0x09,
  error: 0x3f,
} as const;

/** First byte of every answer. */
export const ANSWER = {
  ok: 0x00,
  unknownCommand: 0x01,
  malformed: 0x02,
  seedRefused: 0x03,
  notInThisState: 0x04,
} as const;

export const HASHES = ['sha1', 'sha256', 'sha512'] as const;

/** What a token reports about itself. */
export interface TokenInfo {
  readonly serial: string;
  readonly firmwareVersion: string;
  readonly publicKey: Uint8Array;
  readonly enrolmentId: string;
}

/** The current condition of a token. */
export interface TokenCondition {
  readonly state: StateName;
  /** The token's own clock, whole seconds. */
  readonly clockSeconds: number;
  readonly counter: number;
  /** Undefined for a token without a PIN. */
  readonly pinTriesLeft: number | undefined;
  readonly supplyMV: number;
}

export const PUBLIC_KEY_BYTES = 32;
const ENROLMENT_BYTES = 16;
const PARAMETER_BYTES = 1 + 1 + 4 + 8;
/**
 * `enrolment id (16) | hash | digits | period_s (4) | t0_s (8) | suite length | suite | envelope`
 */
const SUITE_AT: number = ENROLMENT_BYTES + PARAMETER_BYTES;
/** The longest OCRA suite (RFC 6287). */
const SUITE_CHARS_MAX = 64;
/** Longest hold of the button: one byte of tenths of a second. */
export const HELD_MS_MAX = 25_500;
const NO_PIN = 0xff;

export function writeProvision(enrolmentId: string, parameters: TokenParameters, envelope: Uint8Array): Uint8Array {
  const suite = Buffer.from(parameters.ocraSuite ?? '', 'latin1');
  const header = Buffer.alloc(SUITE_AT + 1);
  header.write(enrolmentId, 'hex');
  header.writeUInt8(HASHES.indexOf(parameters.hash), 16);
  header.writeUInt8(parameters.digits, 17);
  header.writeUInt32BE(parameters.periodSeconds, 18);
  header.writeBigUInt64BE(BigInt(parameters.t0Seconds), 22);
  header.writeUInt8(suite.length, SUITE_AT);
  return Buffer.concat([header, suite, envelope]);
}

/** Returns undefined if bytes are missing or a number is out of its range. */
export function readProvision(
  payload: Uint8Array,
): { readonly enrolmentId: string; readonly parameters: TokenParameters; readonly envelope: Uint8Array } | undefined {
  const suiteLength = payload[SUITE_AT];
  if (suiteLength === undefined || suiteLength > SUITE_CHARS_MAX) return undefined;
  const envelopeAt = SUITE_AT + 1 + suiteLength;
  if (payload.length <= envelopeAt) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  const hash = HASHES[view.getUint8(16)];
  const digits = view.getUint8(17);
  const periodSeconds = view.getUint32(18);
  const t0Seconds = Number(view.getBigUint64(22));
  if (hash === undefined || digits < 4 || digits > 10 || periodSeconds < 1 || periodSeconds > 86_400) return undefined;
  if (!Number.isSafeInteger(t0Seconds)) return undefined;
  const ocraSuite = Buffer.from(payload.subarray(SUITE_AT + 1, envelopeAt)).toString('latin1');
  const enrolmentId = Buffer.from(payload.subarray(0, ENROLMENT_BYTES)).toString('hex');
  return {
    enrolmentId,
    parameters: { hash, digits, periodSeconds, t0Seconds, ...(ocraSuite !== '' && { ocraSuite }) },
    envelope: payload.slice(envelopeAt),
  };
}

/** `public key (32) | enrolment id (16, zeros when blank) | serial length | serial | version` */
export function writeInfo({ publicKey, enrolmentId, serial, firmwareVersion }: TokenInfo): Uint8Array {
  const enrolment = Buffer.alloc(ENROLMENT_BYTES);
  enrolment.write(enrolmentId, 'hex');
  const serialBytes = Buffer.from(serial, 'latin1');
  return Buffer.concat([
    publicKey,
    enrolment,
    Buffer.of(serialBytes.length),
    serialBytes,
    Buffer.from(firmwareVersion, 'latin1'),
  ]);
}

export function readInfo(payload: Uint8Array): TokenInfo | undefined {
  const text = Buffer.from(payload);
  const serialAt = PUBLIC_KEY_BYTES + ENROLMENT_BYTES;
  const serialBytes = text[serialAt];
  if (serialBytes === undefined || text.length < serialAt + 1 + serialBytes) return undefined;
  const enrolmentId = text.subarray(PUBLIC_KEY_BYTES, serialAt).toString('hex');
  return {
    publicKey: Uint8Array.from(text.subarray(0, PUBLIC_KEY_BYTES)),
    enrolmentId: /^0+$/.test(enrolmentId) ? '' : enrolmentId,
    serial: text.subarray(serialAt + 1, serialAt + 1 + serialBytes).toString('latin1'),
    firmwareVersion: text.subarray(serialAt + 1 + serialBytes).toString('latin1'),
  };
}

/** `state | clock_s (8) | counter (8) | PIN tries left (FF: no PIN) | supply_mV (2)` */
const CONDITION_BYTES = 1 + 8 + 8 + 1 + 2;

export function writeCondition({ state, clockSeconds, counter, pinTriesLeft, supplyMV }: TokenCondition): Uint8Array {
  const bytes = Buffer.alloc(CONDITION_BYTES);
  bytes.writeUInt8(STATE_NAMES.indexOf(state), 0);
  bytes.writeBigInt64BE(BigInt(clockSeconds), 1);
  bytes.writeBigUInt64BE(BigInt(counter), 9);
  bytes.writeUInt8(pinTriesLeft ?? NO_PIN, 17);
  bytes.writeUInt16BE(supplyMV, 18);
  return bytes;
}

export function readCondition(payload: Uint8Array): TokenCondition | undefined {
  const bytes = Buffer.from(payload);
  const state = STATE_NAMES[bytes[0] ?? 0xff];
  if (state === undefined || bytes.length !== CONDITION_BYTES) return undefined;
  const tries = bytes.readUInt8(17);
  return {
    state,
    clockSeconds: Number(bytes.readBigInt64BE(1)),
    counter: Number(bytes.readBigUInt64BE(9)),
    pinTriesLeft: tries === NO_PIN ? undefined : tries,
    supplyMV: bytes.readUInt16BE(18),
  };
}

export function readKey(payload: Uint8Array): Key | undefined {
  return payload.length === 1 ? KEYS[payload[0] ?? 0xff] : undefined;
}
