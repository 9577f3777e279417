import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until the reader of a stream has read what was written, or has gone; false after the
 * timeout. Leaves no listener behind.
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
