import { Secret } from '@ramz/otp-core';
import { NAME_BYTES, type OtpSlot } from './otp-slots.ts';
import { PASSWORD_BYTES } from './password.ts';

const SECRET_BYTES_MAX = 40;
const DATA_BYTES = 30;

/** A name and a secret that a host has sent for the slot that it writes next. */
export interface SlotData {
  readonly name: Uint8Array;
  /** All zeros if none was sent. The receiver wipes it. */
  readonly secret: Uint8Array;
}

/** Collects what a host sends in pieces before it writes a slot. */
export class SentData {
  #sent: SlotData | undefined;

  /**
   * Stores a name, or a piece of a secret: long secrets come in several pieces.
   * @returns false for another type of data
   */
  add(payload: Uint8Array): boolean {
    const [type, piece] = [String.fromCharCode(payload[PASSWORD_BYTES] ?? 0), payload[PASSWORD_BYTES + 1] ?? 0];
    const data = payload.subarray(PASSWORD_BYTES + 2, PASSWORD_BYTES + 2 + DATA_BYTES);
    if (type !== 'N' && type !== 'S') return false;
    this.#sent ??= { name: new Uint8Array(NAME_BYTES), secret: new Uint8Array(SECRET_BYTES_MAX) };
    if (type === 'N') this.#sent.name.set(data.subarray(0, NAME_BYTES));
    else {
      const at = piece * DATA_BYTES >= SECRET_BYTES_MAX ? 0 : piece * DATA_BYTES;
      this.#sent.secret.set(data.subarray(0, SECRET_BYTES_MAX - at), at);
    }
    return true;
  }

  /** Returns what was sent, once; undefined if nothing was. */
  take(): SlotData | undefined {
    const sent = this.#sent;
    this.#sent = undefined;
    return sent;
  }

  forget(): void {
    this.take()?.secret.fill(0);
  }
}

/** Returns the key that was sent, or else a copy of the former one. */
export function keyOf(secret: Uint8Array, former: OtpSlot | undefined): Secret {
  const isSent = secret.some((byte) => byte !== 0);
  return Secret.copy(isSent || former === undefined ? withoutZeros(secret) : former.key.expose());
}

/**
 * Trims zeros at the end, but leaves 20 bytes: keys under 16 bytes are invalid here, and zeros at
 * the end do not change an HMAC.
 */
function withoutZeros(secret: Uint8Array): Uint8Array {
  return secret.slice(0, Math.max(20, secret.findLastIndex((byte) => byte !== 0) + 1));
}
