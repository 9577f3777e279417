import { setTimeout as sleep } from 'node:timers/promises';
import type { VaultLine } from '@ramz/client';
import type { CeremonyView } from '@ramz/custody';

/** Polling interval: often enough for people in one room. */
export const LOOK_EVERY_MS = 1_000;

/** Failed polls in a row that mean the daemon is lost: a short network failure does not. */
const LOOKS_MISSED_MAX = 3;

/**
 * Asks a person a question while the answer is needed. While they type, another person may give the
 * last share needed, the ceremony may be aborted, or the daemon may be lost.
 * @throws NoLongerAsked, from the terminal; CallRefused when the daemon is lost
 */
export async function whileDue<T>(
  line: VaultLine,
  ceremony: CeremonyView,
  ask: (takenBack: AbortSignal) => Promise<T>,
): Promise<T> {
  const answered = new AbortController();
  const takenBack = new AbortController();
  const watching = watch(line, ceremony, answered.signal).finally(() => {
    if (!answered.signal.aborted) takenBack.abort();
  });
  watching.catch(() => {});
  try {
    return await ask(takenBack.signal);
  } finally {
    answered.abort();
    await watching;
  }
}

/**
 * Polls until the ceremony has left its phase or the answer has arrived.
 * @throws CallRefused when the daemon is lost
 */
async function watch(line: VaultLine, { id, phase }: CeremonyView, answered: AbortSignal): Promise<void> {
  for (let missed = 0; ; ) {
    // The answer ends the wait early.
    await sleep(LOOK_EVERY_MS, undefined, { signal: answered }).catch(() => undefined);
    if (answered.aborted) return;
    try {
      const now = await line.look();
      missed = 0;
      if (now.ceremony?.id !== id || now.ceremony.phase !== phase) return;
    } catch (error) {
      missed += 1;
      if (missed >= LOOKS_MISSED_MAX && !answered.aborted) throw error;
    }
  }
}
