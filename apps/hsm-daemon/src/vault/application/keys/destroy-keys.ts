import { keyState, moveKey } from '../../domain/keys/key-record.ts';
import type { Draft } from '../batch/batch.ts';
import type { VaultPorts } from '../batch/ports.ts';
import type { KeyHolder } from './key-holder.ts';

/**
 * Destroys every key in the store and in memory, at once and for good. Shares open nothing
 * afterwards.
 */
export function destroyKeys(draft: Draft, holder: KeyHolder, { ledger }: Pick<VaultPorts, 'ledger'>): void {
  const stored = ledger.keys;
  if (stored === undefined) return;
  const atMs = draft.nowMs;
  const gone = <T extends Parameters<typeof moveKey>[0]>(key: T): T =>
    keyState(key) === 'destroyed' ? key : moveKey(key, 'destroyed', atMs);
  draft.storeKeys({
    ...stored,
    root: gone(stored.root),
    keys: stored.keys.map((key) => ({ ...gone(key), wrapped: new Uint8Array() })),
    guarded_root: new Uint8Array(),
    destroyed: true,
  });
  draft.recordAct({ act: 'zeroised', detail: stored.root.kcv });
  draft.afterCommit(() => holder.destroyed());
  draft.afterCommit(() => ledger.scrub());
}
