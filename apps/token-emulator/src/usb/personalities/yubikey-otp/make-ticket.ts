import { createCipheriv, createHmac } from 'node:crypto';
import { formatCode, HmacKey, hotp, hotpDigits } from '@ramz/otp-core';
import { withCrc16 } from '../../crc.ts';
import { CONFIG, longKey, type Slot } from './slot-configuration.ts';

/** Letters that stand in one place on most keyboards. */
const MODHEX = 'cbdefghijklnrtuv';

export function modhex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => `${MODHEX[byte >> 4]}${MODHEX[byte & 15]}`).join('');
}

/** What a ticket says of the device just now. */
export interface TicketOf {
  readonly useCounter: number;
  readonly sessionUse: number;
  /** 8 Hz, 24 bits. */
  readonly timestamp: number;
  /** 16 bits. */
  readonly random: number;
}

/** The 16 encrypted bytes; for a challenge its six bytes stand where the private identity would. */
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

/** HMAC-SHA-1 of a 64-byte challenge; of a short one the filling, bytes like its last, is taken off. */
export function hmacResponse(slot: Slot, challenge: Uint8Array): Uint8Array {
  const last = challenge.at(-1) ?? 0;
  let length = challenge.length;
  if ((slot.configFlags & CONFIG.hmacShort) !== 0) while (length > 0 && challenge[length - 1] === last) length -= 1;
  using key = longKey(slot);
  return createHmac('sha1', key.expose()).update(challenge.subarray(0, length)).digest();
}

/** The OATH-HOTP code of the slot's next count. */
export function hotpCode(slot: Slot): string {
  using secret = longKey(slot);
  using key = HmacKey.from('sha1', secret);
  return formatCode(hotp(key, slot.counter, hotpDigits((slot.configFlags & CONFIG.oath8Digits) === 0 ? 6 : 8)));
}
