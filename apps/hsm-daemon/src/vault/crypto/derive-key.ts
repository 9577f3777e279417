// NIST SP 800-108r1, 4.1: KDF in counter mode, PRF = HMAC-SHA-256, r = 32,
// K(i) = PRF(KI, [i]_32 || Label || 0x00 || Context || [L]_32).
import { type HmacKey, Secret } from '@ramz/otp-core';

const PRF_BYTES = 32;
/** One output block is all that Ramz derives; more would want the loop over i, and a reason. */
export const DERIVED_BYTES_MAX: number = PRF_BYTES;

/** `bytes` of key material, 1 to 32. The caller owns and wipes it. */
export function deriveKey(master: HmacKey, label: string, context: Uint8Array, bytes: number): Secret {
  if (bytes < 1 || bytes > DERIVED_BYTES_MAX) throw new RangeError(`a derived key has 1 to ${DERIVED_BYTES_MAX} bytes`);
  const label_bytes = new TextEncoder().encode(label);
  const message = new Uint8Array(4 + label_bytes.length + 1 + context.length + 4);
  const view = new DataView(message.buffer);
  view.setUint32(0, 1);
  message.set(label_bytes, 4);
  message.set(context, 4 + label_bytes.length + 1);
  view.setUint32(message.length - 4, bytes * 8);
  const derived = Secret.copy(master.mac(message).subarray(0, bytes));
  master.forget();
  return derived;
}
