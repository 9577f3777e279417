import { constants, type ServerHttp2Stream } from 'node:http2';
import { messageEnd } from './framing.ts';
import type { HalfSentCall, Sender } from './half-sent.ts';
import { ReceivedBytes } from './received-bytes.ts';

/**
 * Buffers incoming DATA frames until a complete gRPC message has arrived. The gRPC library keeps
 * each frame as it came, which costs a hundred bytes of memory for each byte that is sent by
 * itself. Here an incomplete message is one block. A message that is too long is passed on as it
 * is: the library rejects it by its header, and the rest is dropped.
 * @param isAwaited whether the call ends when no message arrives
 */
export function gatherMessages(stream: ServerHttp2Stream, { caller, halfSent }: Sender, isAwaited: boolean): void {
  const push = stream.push.bind(stream);
  const received = new ReceivedBytes();
  let isRefused = false;
  const call: HalfSentCall = {
    get isGone() {
      return stream.destroyed || stream.closed;
    },
    isLate: () => stream.close(constants.NGHTTP2_CANCEL),
  };
  // The call has taken a slot already, so its message must arrive.
  if (isAwaited) halfSent.keep(call, caller, 0);
  const keep = () => {
    if (received.length === 0) halfSent.done(call);
    else if (!halfSent.keep(call, caller, received.length)) stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM);
  };
  // The runtime calls this with each chunk, and with null at the end.
  stream.push = (piece: Buffer | null): boolean => {
    if (piece === null) {
      // The library reports a message that ends early.
      halfSent.done(call);
      if (received.length > 0) push(received.bytes);
      return push(null);
    }
    if (isRefused) return true;
    received.take(piece);
    const { bytes } = received;
    const whole = wholeIn(bytes);
    if (whole === 0) {
      keep();
      return true;
    }
    isRefused = whole > bytes.length;
    received.forget();
    if (whole < bytes.length) received.take(bytes.subarray(whole));
    keep();
    return push(bytes.subarray(0, whole));
  };
}

/**
 * Returns the bytes of the complete messages at the beginning; infinite if one of them is too long.
 */
function wholeIn(bytes: Buffer): number {
  let whole = 0;
  for (let end = messageEnd(bytes, 0); end !== undefined; end = messageEnd(bytes, end)) {
    if (end === Number.POSITIVE_INFINITY) return end;
    whole = end;
  }
  return whole;
}
