// RFC 2104 and FIPS 180-4, 6.2, for many short messages; several at a time where the engine can.
import { engineInUse } from './engine/engine-in-use.ts';
import { MESSAGE_BYTES_MAX, type TakeDigest, type WriteMessage } from './engine/otp-engine.ts';
import { OtpError } from './errors.ts';
import { type HmacKey, midstatesOf } from './hmac-key.ts';

/**
 * Computes the MACs of `count` messages under one HMAC-SHA-256 key. Leaves no trace of messages or
 * MACs in working memory.
 * @throws OtpError `key-wiped`; `hash-unknown` for a key of another hash; `message-length`
 */
export function macEach(key: HmacKey, count: number, write: WriteMessage, take: TakeDigest): void {
  if (key.hash !== 'sha256') throw new OtpError('hash-unknown', 'macEach needs an HMAC-SHA-256 key');
  // Checks the key before each message, so that a key wiped in between makes no further MAC.
  const writeChecked = checked(write);
  const writeOpen: WriteMessage = (i, into) => {
    midstatesOf(key);
    return writeChecked(i, into);
  };
  key.engine.macEach(midstatesOf(key), count, writeOpen, take);
}

/**
 * Computes the SHA-256 digests of `count` messages.
 * @throws OtpError `message-length`
 */
export function sha256Each(count: number, write: WriteMessage, take: TakeDigest): void {
  engineInUse().digestEach(count, checked(write), take);
}

/**
 * Returns the SHA-256 digest of a message in 32 new bytes. Only for public data: working memory is
 * not wiped.
 */
export function sha256(message: Uint8Array): Uint8Array {
  return engineInUse().digest(message);
}

/**
 * Checks the length of each message when it is written.
 * @throws OtpError `message-length`
 */
export function checked(write: WriteMessage): WriteMessage {
  return (i, into) => {
    const length = write(i, into);
    if (Number.isInteger(length) && length >= 0 && length <= MESSAGE_BYTES_MAX) return length;
    throw new OtpError('message-length', `a message has 0 to ${MESSAGE_BYTES_MAX} bytes`);
  };
}
