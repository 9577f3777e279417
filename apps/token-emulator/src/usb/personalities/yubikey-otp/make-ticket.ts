import { createCipheriv, createHmac } from 'node:crypto';
import { formatCode, HmacKey, hotp, hotpDigits } from '@ramz/otp-core';
import { withCrc16 } from '../../crc.ts';
import { CONFIG, longKey, type Slot } from './slot-configuration.ts';

/** Letters that have the same place on most keyboards. */
export const MODHEX = 'cbdefghijklnrtuv';

export function modhex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => `${MODHEX[byte >> 4]}${MODHEX[byte & 15]}`).join('');
}

/** The current state of the device in a ticket. */
export interface TicketOf {
  readonly useCounter: number;
  readonly sessionUse: number;
  /** 8 Hz, 24 bits. */
  readonly timestamp: number;
  /** 16 bits. */
  readonly random: number;
}

/** Returns the 16 encrypted bytes. The six bytes of a challenge replace the private identity. */
export function ticket({ key, uid }: Slot, of: TicketOf, challenge?: Uint8Array): Uint8Array {
  const { useCounter, sessionUse, timestamp, random } = of;
  const plain = Uint8Array.of(
    ...(challenge ?? uid),
    useCounter & 0xff,
    useCounter >> 8,
    timestamp & 0xff,
    (timestamp >> 8) & 0xff,
    (timestamp >> 16) & 0xff,
    sessionUse,
    random & 0xff,
    random >> 8,
  );
  const cipher = createCipheriv('aes-128-ecb', key.expose(), null).setAutoPadding(false);
  return Buffer.concat([cipher.update(withCrc16(plain)), cipher.final()]);
}

/**
 * Returns the HMAC-SHA-1 of a 64-byte challenge. A short one loses its padding first: trailing
 * bytes like its last.
 */
export function hmacResponse(slot: Slot, challenge: Uint8Array): Uint8Array {
  const last = challenge.at(-1) ?? 0;
  let length = challenge.length;
  if ((slot.configFlags & CONFIG.hmacShort) !== 0) while (length > 0 && challenge[length - 1] === last) length -= 1;
  using key = longKey(slot);
  return createHmac('sha1', key.expose()).update(challenge.subarray(0, length)).digest();
}

/** Returns the OATH-HOTP code for the slot's next count. */
export function hotpCode(slot: Slot): string {
  using secret = longKey(slot);
  using key = HmacKey.from('sha1', secret);
  return formatCode(hotp(key, slot.counter, hotpDigits((slot.configFlags & CONFIG.oath8Digits) === 0 ? 6 : 8)));
}
