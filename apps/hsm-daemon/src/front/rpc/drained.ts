import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Waits until whoever reads a stream has taken what was written, or has gone. Leaves no listener behind. */
export async function drained(stream: Writable): Promise<void> {
  const settled = new AbortController();
  const { signal } = settled;
  const any = ['drain', 'close', 'cancelled'].map((event) => once(stream, event, { signal }));
  try {
    await Promise.race(any);
  } finally {
    settled.abort();
  }
}
