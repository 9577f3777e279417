import { MESSAGE_BYTES_MAX, type TakeDigest, type WriteMessage } from './otp-engine.ts';

// Off the garbage-collected heap, where the collector would leave copies of messages behind.
const scratch = new Uint8Array(new ArrayBuffer(MESSAGE_BYTES_MAX));

/** Hashes many messages one by one, for an engine without lanes for them. */
export function eachAlone(
  count: number,
  write: WriteMessage,
  take: TakeDigest,
  hashed: (message: Uint8Array) => Uint8Array,
): void {
  try {
    for (let i = 0; i < count; i++) take(i, hashed(scratch.subarray(0, write(i, scratch))));
  } finally {
    scratch.fill(0);
  }
}
