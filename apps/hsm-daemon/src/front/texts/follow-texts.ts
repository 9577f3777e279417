import type { ServerWritableStream } from '@grpc/grpc-js';
import type { WireWatchTextsRequest, WireWatchTextsResponse } from '@ramz/proto';
import { DaemonStopping, WatcherStalled } from '../errors/front-errors.ts';
import { drained } from '../events/drained.ts';
import type { TextDesk } from './text-desk.ts';
import type { OutgoingText } from './waiting-gateway.ts';

/** Texts do not wait for a gateway that does not read. */
const UNREAD_MS_MAX = 10_000;

/** Yields the texts for one gateway until it goes. While this runs, the gateway waits. */
export async function* followTexts(
  call: ServerWritableStream<WireWatchTextsRequest, WireWatchTextsResponse>,
  desk: TextDesk,
  zone: string,
  stopping: AbortSignal,
): AsyncGenerator<WireWatchTextsResponse> {
  const gateway = desk.add(zone);
  const wake = () => gateway.wake();
  for (const event of ['cancelled', 'close'] as const) call.once(event, wake);
  stopping.addEventListener('abort', wake);
  try {
    while (!call.cancelled) {
      if (stopping.aborted) throw new DaemonStopping();
      for (let text = gateway.take(); text !== undefined; text = gateway.take()) {
        yield writeText(text);
        if (call.writableNeedDrain && !(await drained(call, UNREAD_MS_MAX))) throw new WatcherStalled();
      }
      if (!call.cancelled && !stopping.aborted) await gateway.woken();
    }
  } finally {
    desk.remove(gateway);
    stopping.removeEventListener('abort', wake);
  }
}

function writeText({ id, mobileNumber, clear, sealed, untilMs }: OutgoingText): WireWatchTextsResponse {
  const validSeconds = Math.max(0, Math.floor((untilMs - Date.now()) / 1_000));
  return { textId: id, mobileNumber, text: clear, sealedText: Buffer.from(sealed), validS: validSeconds };
}
