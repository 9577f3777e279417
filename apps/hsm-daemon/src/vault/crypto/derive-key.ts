// NIST SP 800-108r1, 4.1: KDF in counter mode, PRF = HMAC-SHA-256, r = 32,
// K(i) = PRF(KI, [i]_32 || Label || 0x00 || Context || [L]_32).
import { type HmacKey, Secret } from '@ramz/otp-core';
import { writeText } from '../domain/text-bytes.ts';

const PRF_BYTES = 32;
/** One output block is all that Ramz derives; more would want the loop over i, and a reason. */
export const DERIVED_BYTES_MAX: number = PRF_BYTES;

/** Longer than every label and context together: there is nothing secret in it. */
const message = new Uint8Array(1_024);
const view = new DataView(message.buffer);

/** Fills `into`, made by `secretBytes` (1 to 32), with key material. The caller owns the secret and wipes it. */
export function deriveKey(master: HmacKey, label: string, context: Uint8Array, into: Uint8Array): Secret {
  const bytes = into.length;
  if (bytes < 1 || bytes > DERIVED_BYTES_MAX) throw new RangeError(`a derived key has 1 to ${DERIVED_BYTES_MAX} bytes`);
  view.setUint32(0, 1);
  const label_end = writeText(message, 4, label);
  const context_end = label_end + 1 + context.length;
  message[label_end] = 0;
  message.set(context, label_end + 1);
  view.setUint32(context_end, bytes * 8);
  const mac = master.mac(message.subarray(0, context_end + 4));
  for (let i = 0; i < bytes; i++) into[i] = mac[i] as number;
  master.forget();
  return Secret.own(into);
}
