import { constants, type ServerHttp2Stream } from 'node:http2';
import { messageEnd } from './framing.ts';
import type { HalfSentCall, Sender } from './half-sent.ts';
import { ReceivedBytes } from './received-bytes.ts';

/**
 * Hands whoever reads a stream its messages whole, whatever the pieces they came in. The gRPC library keeps each piece as
 * it came, which costs a hundred bytes of memory for each byte that is sent by itself; here a message that is not whole
 * yet is one block. What is longer than a message may be is handed on as it is: the library refuses it by its header, and
 * what follows is thrown away.
 * @param isAwaited whether the call ends when no message comes
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
  // It has taken a place already: its message must come.
  if (isAwaited) halfSent.keep(call, caller, 0);
  const keep = () => {
    if (received.length === 0) halfSent.done(call);
    else if (!halfSent.keep(call, caller, received.length)) stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM);
  };
  // Called by the runtime with what came, and with null at the end.
  stream.push = (piece: Buffer | null): boolean => {
    if (piece === null) {
      // A message that ends early: the library says so.
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

/** Bytes of the whole messages at the beginning; infinitely many when one of them is longer than a message may be. */
function wholeIn(bytes: Buffer): number {
  let whole = 0;
  for (let end = messageEnd(bytes, 0); end !== undefined; end = messageEnd(bytes, end)) {
    if (end === Number.POSITIVE_INFINITY) return end;
    whole = end;
  }
  return whole;
}
