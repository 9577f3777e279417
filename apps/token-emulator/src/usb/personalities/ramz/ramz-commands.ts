// docs/hid-protocol.md, "Commands" and "Answers".
import { KEYS, type Key } from '../../../firmware/token-event.ts';
import { STATE_NAMES, type StateName, type TokenParameters } from '../../../firmware/token-state.ts';

export const COMMAND = {
  info: 0x01,
  display: 0x02,
  provision: 0x03,
  press: 0x04,
  state: 0x05,
  challenge: 0x06,
  set_pin: 0x07,
  key: 0x08,
  set_clock: 0x09,
  error: 0x3f,
} as const;

/** First byte of every answer. */
export const ANSWER = {
  ok: 0x00,
  unknown_command: 0x01,
  malformed: 0x02,
  seed_refused: 0x03,
  not_in_this_state: 0x04,
} as const;

export const HASHES = ['sha1', 'sha256', 'sha512'] as const;

/** What a host is told of a token. */
export interface TokenInfo {
  readonly serial: string;
  readonly firmware_version: string;
  readonly public_key: Uint8Array;
  readonly enrolment_id: string;
}

/** How a token is just now. */
export interface TokenCondition {
  readonly state: StateName;
  /** The token's own clock, whole seconds. */
  readonly clock_s: number;
  readonly counter: number;
  /** Undefined for a token without a PIN. */
  readonly pin_tries_left: number | undefined;
  readonly supply_mV: number;
}

export const PUBLIC_KEY_BYTES = 32;
const ENROLMENT_BYTES = 16;
const PARAMETER_BYTES = 1 + 1 + 4 + 8;
/** `enrolment id (16) | hash | digits | period_s (4) | t0_s (8) | suite length | suite | envelope` */
const SUITE_AT: number = ENROLMENT_BYTES + PARAMETER_BYTES;
/** The longest OCRA suite (RFC 6287). */
const SUITE_CHARS_MAX = 64;
/** A held button: tenths of a second, one byte. */
export const HELD_MS_MAX = 25_500;
const NO_PIN = 0xff;

export function writeProvision(enrolment_id: string, parameters: TokenParameters, envelope: Uint8Array): Uint8Array {
  const suite = Buffer.from(parameters.ocra_suite ?? '', 'latin1');
  const header = Buffer.alloc(SUITE_AT + 1);
  header.write(enrolment_id, 'hex');
  header.writeUInt8(HASHES.indexOf(parameters.hash), 16);
  header.writeUInt8(parameters.digits, 17);
  header.writeUInt32BE(parameters.period_s, 18);
  header.writeBigUInt64BE(BigInt(parameters.t0_s), 22);
  header.writeUInt8(suite.length, SUITE_AT);
  return Buffer.concat([header, suite, envelope]);
}

/** Undefined when the bytes are too few or a number is out of its range. */
export function readProvision(
  payload: Uint8Array,
): { readonly enrolment_id: string; readonly parameters: TokenParameters; readonly envelope: Uint8Array } | undefined {
  const suite_length = payload[SUITE_AT];
  if (suite_length === undefined || suite_length > SUITE_CHARS_MAX) return undefined;
  const envelope_at = SUITE_AT + 1 + suite_length;
  if (payload.length <= envelope_at) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  const hash = HASHES[view.getUint8(16)];
  const digits = view.getUint8(17);
  const period_s = view.getUint32(18);
  const t0_s = Number(view.getBigUint64(22));
  if (hash === undefined || digits < 4 || digits > 10 || period_s < 1 || period_s > 86_400) return undefined;
  if (!Number.isSafeInteger(t0_s)) return undefined;
  const ocra_suite = Buffer.from(payload.subarray(SUITE_AT + 1, envelope_at)).toString('latin1');
  const enrolment_id = Buffer.from(payload.subarray(0, ENROLMENT_BYTES)).toString('hex');
  return {
    enrolment_id,
    parameters: { hash, digits, period_s, t0_s, ...(ocra_suite !== '' && { ocra_suite }) },
    envelope: payload.slice(envelope_at),
  };
}

/** `public key (32) | enrolment id (16, zeros when blank) | serial length | serial | version` */
export function writeInfo({ public_key, enrolment_id, serial, firmware_version }: TokenInfo): Uint8Array {
  const enrolment = Buffer.alloc(ENROLMENT_BYTES);
  enrolment.write(enrolment_id, 'hex');
  const serial_bytes = Buffer.from(serial, 'latin1');
  return Buffer.concat([
    public_key,
    enrolment,
    Buffer.of(serial_bytes.length),
    serial_bytes,
    Buffer.from(firmware_version, 'latin1'),
  ]);
}

export function readInfo(payload: Uint8Array): TokenInfo | undefined {
  const text = Buffer.from(payload);
  const serial_at = PUBLIC_KEY_BYTES + ENROLMENT_BYTES;
  const serial_bytes = text[serial_at];
  if (serial_bytes === undefined || text.length < serial_at + 1 + serial_bytes) return undefined;
  const enrolment_id = text.subarray(PUBLIC_KEY_BYTES, serial_at).toString('hex');
  return {
    public_key: Uint8Array.from(text.subarray(0, PUBLIC_KEY_BYTES)),
    enrolment_id: /^0+$/.test(enrolment_id) ? '' : enrolment_id,
    serial: text.subarray(serial_at + 1, serial_at + 1 + serial_bytes).toString('latin1'),
    firmware_version: text.subarray(serial_at + 1 + serial_bytes).toString('latin1'),
  };
}

/** `state | clock_s (8) | counter (8) | PIN tries left (FF: no PIN) | supply_mV (2)` */
const CONDITION_BYTES = 1 + 8 + 8 + 1 + 2;

export function writeCondition({ state, clock_s, counter, pin_tries_left, supply_mV }: TokenCondition): Uint8Array {
  const bytes = Buffer.alloc(CONDITION_BYTES);
  bytes.writeUInt8(STATE_NAMES.indexOf(state), 0);
  bytes.writeBigInt64BE(BigInt(clock_s), 1);
  bytes.writeBigUInt64BE(BigInt(counter), 9);
  bytes.writeUInt8(pin_tries_left ?? NO_PIN, 17);
  bytes.writeUInt16BE(supply_mV, 18);
  return bytes;
}

export function readCondition(payload: Uint8Array): TokenCondition | undefined {
  const bytes = Buffer.from(payload);
  const state = STATE_NAMES[bytes[0] ?? 0xff];
  if (state === undefined || bytes.length !== CONDITION_BYTES) return undefined;
  const tries = bytes.readUInt8(17);
  return {
    state,
    clock_s: Number(bytes.readBigInt64BE(1)),
    counter: Number(bytes.readBigUInt64BE(9)),
    pin_tries_left: tries === NO_PIN ? undefined : tries,
    supply_mV: bytes.readUInt16BE(18),
  };
}

export function readKey(payload: Uint8Array): Key | undefined {
  return payload.length === 1 ? KEYS[payload[0] ?? 0xff] : undefined;
}
