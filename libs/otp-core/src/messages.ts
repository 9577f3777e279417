/**
 * @ramz/otp-core/messages: SHA-256 and HMAC-SHA-256 of many short messages, and codes of keys that
 * are derived from messages. Its own entry point, so that a browser that makes codes does not load
 * it.
 */
export { type DerivedCodes, derivedKeyBytes, matchDerived } from './derived-codes.ts';
export { macEach, sha256, sha256Each } from './each-message.ts';
export { MESSAGE_BYTES_MAX, type TakeDigest, type WriteMessage } from './engine/otp-engine.ts';
