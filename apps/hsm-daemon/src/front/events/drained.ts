import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until whoever reads a stream has taken what was written, or has gone; false when neither came in time. Leaves no
 * listener behind.
 */
export async function drained(stream: Writable, withinMs: number): Promise<boolean> {
  const settled = new AbortController();
  const { signal } = settled;
  const any = ['drain', 'close', 'cancelled'].map(async (event) => {
    await once(stream, event, { signal });
    return true;
  });
  try {
    return await Promise.race([...any, sleep(withinMs, false, { signal })]);
  } finally {
    settled.abort();
  }
}
