import { status } from '@grpc/grpc-js';
import { MESSAGE_BYTES_MAX } from '../../boundary/limits.ts';
import type { GrpcRefusal } from '../errors/refusal.ts';
import { BrokenMessage } from './broken-message.ts';
import { HEADER_BYTES } from './framing.ts';

/** How a method's messages are read and written. */
export interface MessageForm {
  /** @throws Error for bytes that are not such a message */
  readonly read: (message: Buffer) => unknown;
  readonly write: (response: unknown) => Buffer;
  /** Converts what was thrown while answering into a status. */
  readonly refusal: (error: unknown) => GrpcRefusal;
}

/**
 * @param framed one complete message with its header
 * @throws BrokenMessage
 */
export function readMessage(framed: Buffer, { read }: MessageForm): unknown {
  if (framed[0] !== 0) throw new BrokenMessage(status.INTERNAL, 'The message is compressed, and no header says how');
  try {
    return read(framed.subarray(HEADER_BYTES));
  } catch {
    throw new BrokenMessage(status.INTERNAL, 'Error deserializing request');
  }
}

export function endsEarly(): BrokenMessage {
  return new BrokenMessage(status.INTERNAL, 'The message ends early');
}

/** Returns the error for a caller with more incomplete messages in flight than may be buffered. */
export function tooManyHalfSent(): BrokenMessage {
  return new BrokenMessage(status.RESOURCE_EXHAUSTED, 'too many incomplete messages of this caller');
}

export function tooLong(): BrokenMessage {
  return new BrokenMessage(status.RESOURCE_EXHAUSTED, `a message has at most ${MESSAGE_BYTES_MAX} bytes`);
}
