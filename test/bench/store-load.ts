// The load for measuring a store.
import { randomBytes } from 'node:crypto';
import type { Ledger } from '../../apps/hsm-daemon/src/vault/store/ledger.ts';
import { decidedAgain } from '../../apps/hsm-daemon/src/vault/store/race-lost.ts';
import { RequestNames } from '../../apps/hsm-daemon/src/vault/store/request-names.ts';
import type { VerdictEntry } from '../../libs/audit-log/src/entries/entry.ts';
import { draftOf, verdict } from '../harness/ledger-entries.ts';

/** Cards used by one writer only. */
export interface Cards {
  readonly first: number;
  readonly count: number;
}

/** Returns a batch of accepted codes of different cards, from a random place on. */
export function accepted({ first, count }: Cards, batch: number): VerdictEntry[] {
  const from = first + Math.floor(Math.random() * (count - batch));
  return Array.from({ length: batch }, (_, i) => {
    // Evenly distributed like the keyed hash it stands for: the engines rely on that.
    const requestKey = randomBytes(16).toString('hex');
    return verdict(from + ((i * 7_919) % batch), 0, { reason: 'accepted', step: Date.now(), requestKey });
  });
}

/** Returns operations per second for work that does `batch` of them at once. */
export async function rate(seconds: number, batch: number, work: () => Promise<void>): Promise<number> {
  const beganMs = performance.now();
  let done = 0;
  for (; performance.now() - beganMs < seconds * 1_000; done += batch) await work();
  return done / ((performance.now() - beganMs) / 1_000);
}

/** Loads and commits like the vault, without deciding. */
export function ledgerRate(ledger: Ledger, cards: Cards, seconds: number, batch: number): Promise<number> {
  return rate(seconds, batch, async () => {
    const entries = accepted(cards, batch);
    await decidedAgain(async () => {
      await ledger.load({ places: entries, names: RequestNames.of(entries), requestsSinceMs: 0 });
      await draftOf(ledger, entries, Date.now()).commit();
    });
    await ledger.tidy(Date.now());
  });
}
