import { NOTHING_TO_LOAD } from '../../store/ledger.ts';
import { decidedAgain } from '../../store/race-lost.ts';
import { LogBroken, StoreUnavailable } from '../../store/store-errors.ts';
import { Batch, type Draft } from './batch.ts';
import type { VaultPorts } from './ports.ts';

/**
 * Commits a batch of its own, which is durable when it returns.
 * @throws RaceLost, StoreUnavailable
 */
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
 * Records what has happened already and cannot be undone when the store does not answer. Returns
 * false when the entries could not be written; no caller waits for them.
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
