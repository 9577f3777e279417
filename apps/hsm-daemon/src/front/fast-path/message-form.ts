import { status } from '@grpc/grpc-js';
import { MESSAGE_BYTES_MAX } from '../../boundary/limits.ts';
import type { GrpcRefusal } from '../errors/refusal.ts';
import { BrokenMessage } from './broken-message.ts';
import { HEADER_BYTES } from './framing.ts';

/** The form of a method's messages. */
export interface MessageForm {
  /** @throws Error for bytes that are no such message */
  readonly read: (message: Buffer) => unknown;
  readonly write: (response: unknown) => Buffer;
  /** What is thrown while it is answered, as a status. */
  readonly refusal: (error: unknown) => GrpcRefusal;
}

/** @param framed one whole message with its header. @throws BrokenMessage */
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

/** Of a caller that has more messages under way that are not whole than may lie in memory. */
export function tooManyHalfSent(): BrokenMessage {
  return new BrokenMessage(status.RESOURCE_EXHAUSTED, 'too many messages of this caller are not whole');
}

export function tooLong(): BrokenMessage {
  return new BrokenMessage(status.RESOURCE_EXHAUSTED, `a message has at most ${MESSAGE_BYTES_MAX} bytes`);
}
