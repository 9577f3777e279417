import { setTimeout as sleep } from 'node:timers/promises';
import type { VaultLine } from '@ramz/client';
import type { CeremonyView } from '@ramz/custody';

/** Often enough for people who sit in one room. */
export const LOOK_EVERY_MS = 1_000;

/** A daemon that is away for so many looks in a row is gone: a moment's break of the network is not. */
const LOOKS_MISSED_MAX = 3;

/**
 * Asks a person something for as long as it is wanted: while they type, the last share needed may be given by
 * another, the ceremony broken off, or the daemon lost.
 * @throws NoLongerAsked, from the terminal that was asked; CallRefused when the daemon is gone
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

/** Looks until the ceremony has left its phase, or the answer was faster. @throws when the daemon is gone */
async function watch(line: VaultLine, { id, phase }: CeremonyView, answered: AbortSignal): Promise<void> {
  for (let missed = 0; ; ) {
    // Cut short by the answer.
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
