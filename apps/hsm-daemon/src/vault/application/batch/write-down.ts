import { NOTHING_TO_LOAD } from '../../store/ledger.ts';
import { LogBroken } from '../../store/log-broken.ts';
import { decidedAgain } from '../../store/race-lost.ts';
import { StoreUnavailable } from '../../store/store-unavailable.ts';
import { Draft } from './batch.ts';
import type { VaultPorts } from './ports.ts';

/**
 * Entries that stand by themselves: what has happened already, and cannot be undone because the store does not answer.
 * False when they could not be written; nobody waits for that.
 */
export async function writeDown(ports: VaultPorts, record: (draft: Draft) => void): Promise<boolean> {
  try {
    await decidedAgain(async () => {
      await ports.ledger.load(NOTHING_TO_LOAD);
      const draft = new Draft(ports, ports.nowMs());
      record(draft);
      await draft.commit();
    });
    return true;
  } catch (error) {
    if (error instanceof StoreUnavailable || error instanceof LogBroken) return false;
    throw error;
  }
}
