import { setTimeout as pause } from 'node:timers/promises';
import { CallRefused } from '@ramz/client';

const PAUSE_MS = 50;
const TIMES_MAX = 200;

/**
 * Retries a call that was rejected with RESOURCE_EXHAUSTED, with the same request id, as the
 * documentation asks of callers.
 */
export async function askAgain<T>(ask: () => Promise<T>): Promise<T> {
  for (let left = TIMES_MAX; ; left--) {
    try {
      return await ask();
    } catch (error) {
      if (left === 0 || !(error instanceof CallRefused) || error.code !== 'RESOURCE_EXHAUSTED') throw error;
      await pause(PAUSE_MS);
    }
  }
}
