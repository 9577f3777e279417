// gRPC over HTTP/2 (grpc/doc/PROTOCOL-HTTP2.md), Length-Prefixed-Message: a flag for compression, four bytes of length, the
// message.

export const HEADER_BYTES = 5;

/** What the header at `at` says of the message behind it. */
export function declaredLength(bytes: Buffer, at = 0): number {
  return bytes.readUInt32BE(at + 1);
}
