import { setTimeout as sleep } from 'node:timers/promises';
import type { CeremonyView } from '../../boundary/announcement.ts';
import type { VaultLine } from '../../client/people/vault-line.ts';

/** Often enough for people who sit in one room. */
export const LOOK_EVERY_MS = 1_000;

/**
 * Asks a person something for as long as it is wanted: while they type, the last share needed may be given by
 * another, or the ceremony broken off. @throws NoLongerAsked, from the terminal that was asked
 */
export async function whileDue<T>(
  line: VaultLine,
  ceremony: CeremonyView,
  ask: (taken_back: AbortSignal) => Promise<T>,
): Promise<T> {
  const answered = new AbortController();
  const taken_back = new AbortController();
  const watching = watch(line, ceremony, answered.signal).then((is_over) => is_over && taken_back.abort());
  try {
    return await ask(taken_back.signal);
  } finally {
    answered.abort();
    await watching;
  }
}

/** Looks until the ceremony has left its phase; false when the answer was faster. */
async function watch(line: VaultLine, { id, phase }: CeremonyView, answered: AbortSignal): Promise<boolean> {
  for (;;) {
    // Cut short by the answer.
    await sleep(LOOK_EVERY_MS, undefined, { signal: answered }).catch(() => undefined);
    if (answered.aborted) return false;
    // A daemon that does not answer now is told of when the answer is sent.
    const now = await line.look().catch(() => undefined);
    if (now !== undefined && (now.ceremony?.id !== id || now.ceremony.phase !== phase)) return true;
  }
}
