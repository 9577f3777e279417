// gRPC over HTTP/2 (grpc/doc/PROTOCOL-HTTP2.md), Length-Prefixed-Message: a compression flag, four
// bytes of length, the message.

export const FRAME_HEAD_BYTES = 5;

/** Returns a message as gRPC sends it. A test may set a wrong flag or length. */
export function framed(message: Buffer, { compressed = 0, length = message.length } = {}): Buffer {
  const head = Buffer.alloc(FRAME_HEAD_BYTES);
  head[0] = compressed;
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, message]);
}

/** Yields the complete frames at the start of `bytes`, each with its head. */
export function* framesIn(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at + FRAME_HEAD_BYTES <= bytes.length; ) {
    const end = at + FRAME_HEAD_BYTES + bytes.readUInt32BE(at + 1);
    if (end > bytes.length) return;
    yield bytes.subarray(at, end);
    at = end;
  }
}
