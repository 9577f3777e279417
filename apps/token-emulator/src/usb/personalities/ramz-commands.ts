// docs/hid-protocol.md, "Commands" and "Answers".
import type { TokenParameters } from '../../firmware/token-state.ts';

export const COMMAND = { info: 0x01, display: 0x02, provision: 0x03, press: 0x04, error: 0x3f } as const;

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

export const PUBLIC_KEY_BYTES = 32;
const ENROLMENT_BYTES = 16;
const PARAMETER_BYTES = 1 + 1 + 4 + 8;
/** `enrolment id (16) | hash | digits | period_s (4) | t0_s (8) | envelope` */
export const PROVISION_HEADER_BYTES: number = ENROLMENT_BYTES + PARAMETER_BYTES;

export function writeProvision(enrolment_id: string, parameters: TokenParameters, envelope: Uint8Array): Uint8Array {
  const payload = new Uint8Array(PROVISION_HEADER_BYTES + envelope.length);
  const view = new DataView(payload.buffer);
  payload.set(Buffer.from(enrolment_id, 'hex'));
  view.setUint8(16, HASHES.indexOf(parameters.hash));
  view.setUint8(17, parameters.digits);
  view.setUint32(18, parameters.period_s);
  view.setBigUint64(22, BigInt(parameters.t0_s));
  payload.set(envelope, PROVISION_HEADER_BYTES);
  return payload;
}

/** Undefined when the bytes are too few or a number is out of its range. */
export function readProvision(
  payload: Uint8Array,
): { readonly enrolment_id: string; readonly parameters: TokenParameters; readonly envelope: Uint8Array } | undefined {
  if (payload.length <= PROVISION_HEADER_BYTES) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  const hash = HASHES[view.getUint8(16)];
  const digits = view.getUint8(17);
  const period_s = view.getUint32(18);
  const t0_s = Number(view.getBigUint64(22));
  if (hash === undefined || digits < 4 || digits > 10 || period_s < 1 || period_s > 86_400) return undefined;
  if (!Number.isSafeInteger(t0_s)) return undefined;
  const enrolment_id = Buffer.from(payload.subarray(0, ENROLMENT_BYTES)).toString('hex');
  return {
    enrolment_id,
    parameters: { hash, digits, period_s, t0_s },
    envelope: payload.slice(PROVISION_HEADER_BYTES),
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
