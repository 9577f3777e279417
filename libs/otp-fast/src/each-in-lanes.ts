import type { TakeDigest, WriteMessage } from '@ramz/otp-core/engine';
import { LANES, type MessageKernel } from './kernel/message-kernel.ts';

/** Hashes many messages, one in each lane of the kernel. `together` hashes the written messages. */
export function eachInLanes(
  lanes: MessageKernel,
  count: number,
  write: WriteMessage,
  take: TakeDigest,
  together: () => void,
): void {
  try {
    for (let first = 0; first < count; first += LANES) {
      const some = Math.min(LANES, count - first);
      for (let lane = 0; lane < LANES; lane++) {
        lanes.lengths[lane] = lane < some ? write(first + lane, lanes.messages[lane] as Uint8Array) : 0;
      }
      together();
      for (let lane = 0; lane < some; lane++) take(first + lane, lanes.results[lane] as Uint8Array);
    }
  } finally {
    lanes.forget();
  }
}
