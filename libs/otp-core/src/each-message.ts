// RFC 2104 and FIPS 180-4, 6.2, of many short messages: four at a time where the kernel runs.
import { OtpError } from './errors.ts';
import { sha256 } from './hash/sha256.ts';
import { type HmacKey, midstatesOf } from './hmac-key.ts';
import { MESSAGE_BYTES_MAX } from './kernel/kernel-layout.ts';
import { LANES, MessageKernel } from './kernel/message-kernel.ts';

export { MESSAGE_BYTES_MAX };

/**
 * Writes message `i` at the beginning of `into`, which has room for 952 bytes, and returns its length. Like `TakeDigest`
 * it must not ask for other digests meanwhile.
 */
export type WriteMessage = (i: number, into: Uint8Array) => number;

/** Is told the digest of message `i`, 32 bytes that the next one overwrites: copy what must last. */
export type TakeDigest = (i: number, digest: Uint8Array) => void;

// Loaded when it is first used: a millisecond that others need not pay.
let kernel: MessageKernel | undefined | 'unknown' = 'unknown';
const scratch = new Uint8Array(MESSAGE_BYTES_MAX);

/** For tests: the kernel that `macEach` and `sha256Each` use. */
export function messageKernel(): MessageKernel | undefined {
  if (kernel === 'unknown') kernel = MessageKernel.load();
  return kernel;
}

/**
 * The MACs of `count` messages under one key of SHA-256. Nothing of messages or MACs is left in the memory they were made
 * in. @throws OtpError `key-wiped`; `hash-unknown` for a key of another hash; `message-length`
 */
export function macEach(key: HmacKey, count: number, write: WriteMessage, take: TakeDigest): void {
  if (key.hash !== 'sha256') throw new OtpError('hash-unknown', 'several messages at once are for SHA-256');
  const midstates = midstatesOf(key);
  const alone = (message: Uint8Array) => key.mac(message);
  try {
    eachMessage(count, write, take, (lanes) => lanes.macs(midstates), alone);
  } finally {
    key.forget();
  }
}

/** The digests of `count` messages. @throws OtpError `message-length` */
export function sha256Each(count: number, write: WriteMessage, take: TakeDigest): void {
  eachMessage(count, write, take, (lanes) => lanes.digests(), sha256);
}

function eachMessage(
  count: number,
  write: WriteMessage,
  take: TakeDigest,
  together: (lanes: MessageKernel) => void,
  alone: (message: Uint8Array) => Uint8Array,
): void {
  const lanes = count > 1 ? messageKernel() : undefined;
  if (lanes === undefined) return eachAlone(count, write, take, alone);
  try {
    for (let first = 0; first < count; first += LANES) {
      const some = Math.min(LANES, count - first);
      for (let lane = 0; lane < LANES; lane++) {
        lanes.lengths[lane] = lane < some ? written(write, first + lane, lanes.messages[lane] as Uint8Array) : 0;
      }
      together(lanes);
      for (let lane = 0; lane < some; lane++) take(first + lane, lanes.results[lane] as Uint8Array);
    }
  } finally {
    lanes.forget();
  }
}

function eachAlone(
  count: number,
  write: WriteMessage,
  take: TakeDigest,
  alone: (message: Uint8Array) => Uint8Array,
): void {
  try {
    for (let i = 0; i < count; i++) take(i, alone(scratch.subarray(0, written(write, i, scratch))));
  } finally {
    scratch.fill(0);
  }
}

function written(write: WriteMessage, i: number, into: Uint8Array): number {
  const length = write(i, into);
  if (Number.isInteger(length) && length >= 0 && length <= MESSAGE_BYTES_MAX) return length;
  throw new OtpError('message-length', `a message has 0 to ${MESSAGE_BYTES_MAX} bytes`);
}
