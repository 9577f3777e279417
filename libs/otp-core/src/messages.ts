/**
 * @ramz/otp-core/messages: SHA-256 and its HMAC of many short messages, and codes of keys that are derived from them.
 * A door of its own: a browser that makes codes does not carry it.
 */
export { type DerivedCodes, derivedKeyBytes, matchDerived } from './derived-codes.ts';
export { macEach, sha256, sha256Each } from './each-message.ts';
export { MESSAGE_BYTES_MAX, type TakeDigest, type WriteMessage } from './engine/otp-engine.ts';
