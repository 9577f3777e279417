/**
 * @ramz/otp-core/messages: SHA-256 and its HMAC for whoever has many short messages, and keys for whoever has many of them.
 * A door of its own: a browser that makes codes does not carry it.
 */
export { macEach, sha256, sha256Each } from './each-message.ts';
export { MESSAGE_BYTES_MAX, type TakeDigest, type WriteMessage } from './engine/otp-engine.ts';
export { HmacKeyRing } from './hmac-key-ring.ts';
