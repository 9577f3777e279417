// gRPC over HTTP/2 (grpc/doc/PROTOCOL-HTTP2.md), Length-Prefixed-Message: a compression flag, four
// bytes of length, the message.
import { MESSAGE_BYTES_MAX } from '../../boundary/limits.ts';

export const HEADER_BYTES = 5;

/** Returns the length that the header at `at` declares for the message after it. */
export function declaredLength(bytes: Buffer, at = 0): number {
  return bytes.readUInt32BE(at + 1);
}

/**
 * Returns where the message at `at` ends: undefined while it is incomplete, infinite if it is too
 * long.
 */
export function messageEnd(bytes: Buffer, at: number): number | undefined {
  if (at + HEADER_BYTES > bytes.length) return undefined;
  const declared = declaredLength(bytes, at);
  if (declared > MESSAGE_BYTES_MAX) return Number.POSITIVE_INFINITY;
  const end = at + HEADER_BYTES + declared;
  return end > bytes.length ? undefined : end;
}

/** Joins messages as Length-Prefixed-Messages. */
export function frame(messages: readonly Buffer[]): Buffer {
  const bytes = messages.reduce((sum, message) => sum + HEADER_BYTES + message.length, 0);
  const framed = Buffer.allocUnsafe(bytes);
  let at = 0;
  for (const message of messages) {
    framed[at] = 0;
    framed.writeUInt32BE(message.length, at + 1);
    framed.set(message, at + HEADER_BYTES);
    at += HEADER_BYTES + message.length;
  }
  return framed;
}
