/**
 * @ramz/otp-core/messages: SHA-256 and its HMAC for whoever has many short messages, and keys for whoever has many of them.
 * A door of its own: a browser that makes codes does not carry it.
 */
export { MESSAGE_BYTES_MAX, macEach, sha256Each, type TakeDigest, type WriteMessage } from './each-message.ts';
export { sha256 } from './hash/sha256.ts';
export { HmacKeyRing } from './hmac-key-ring.ts';
