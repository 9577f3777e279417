import { NOTHING_TO_LOAD } from '../../store/ledger.ts';
import { decidedAgain } from '../../store/race-lost.ts';
import { LogBroken, StoreUnavailable } from '../../store/store-errors.ts';
import { Batch, type Draft } from './batch.ts';
import type { VaultPorts } from './ports.ts';

/** A batch of its own: durable when it returns. @throws RaceLost, StoreUnavailable */
export async function commitBatch(
  ports: Pick<VaultPorts, 'ledger' | 'anchor'>,
  nowMs: number,
  record: (draft: Draft) => void | Promise<void>,
): Promise<void> {
  const batch = new Batch(ports, nowMs);
  await record(batch);
  await batch.commit();
}

/**
 * Entries that stand by themselves: what has happened already, and cannot be undone because the store does not answer.
 * False when they could not be written; no caller waits for that.
 */
export async function writeDown(
  ports: Pick<VaultPorts, 'ledger' | 'anchor' | 'nowMs'>,
  record: (draft: Draft) => void,
): Promise<boolean> {
  try {
    await decidedAgain(async () => {
      await ports.ledger.load(NOTHING_TO_LOAD);
      await commitBatch(ports, ports.nowMs(), record);
    });
    return true;
  } catch (error) {
    if (error instanceof StoreUnavailable || error instanceof LogBroken) return false;
    throw error;
  }
}
