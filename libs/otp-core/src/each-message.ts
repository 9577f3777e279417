// RFC 2104 and FIPS 180-4, 6.2, of many short messages: several at a time where the engine can.
import { engineInUse } from './engine/engine-in-use.ts';
import { MESSAGE_BYTES_MAX, type TakeDigest, type WriteMessage } from './engine/otp-engine.ts';
import { OtpError } from './errors.ts';
import { type HmacKey, midstatesOf } from './hmac-key.ts';

/**
 * The MACs of `count` messages under one key of SHA-256. Nothing of messages or MACs is left in the memory they were made
 * in. @throws OtpError `key-wiped`; `hash-unknown` for a key of another hash; `message-length`
 */
export function macEach(key: HmacKey, count: number, write: WriteMessage, take: TakeDigest): void {
  if (key.hash !== 'sha256') throw new OtpError('hash-unknown', 'several messages at once are for SHA-256');
  // Asked for before each: a key that is wiped meanwhile makes no MAC any more.
  const writeChecked = checked(write);
  const writeOpen: WriteMessage = (i, into) => {
    midstatesOf(key);
    return writeChecked(i, into);
  };
  key.engine.macEach(midstatesOf(key), count, writeOpen, take);
}

/** The digests of `count` messages. @throws OtpError `message-length` */
export function sha256Each(count: number, write: WriteMessage, take: TakeDigest): void {
  engineInUse().digestEach(count, checked(write), take);
}

/** The digest of a message, in 32 new bytes. For what is not secret: what the work leaves behind is not wiped. */
export function sha256(message: Uint8Array): Uint8Array {
  return engineInUse().digest(message);
}

/** @throws OtpError `message-length`, when a message is written */
export function checked(write: WriteMessage): WriteMessage {
  return (i, into) => {
    const length = write(i, into);
    if (Number.isInteger(length) && length >= 0 && length <= MESSAGE_BYTES_MAX) return length;
    throw new OtpError('message-length', `a message has 0 to ${MESSAGE_BYTES_MAX} bytes`);
  };
}
