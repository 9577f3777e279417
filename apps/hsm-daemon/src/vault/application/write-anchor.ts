import { hexOf } from '@ramz/custody';
import type { VaultPorts } from './ports.ts';

/** After a commit and before the answer: an older copy of the store is behind this mark from now on. */
export function writeAnchor({ ledger, anchor }: Pick<VaultPorts, 'ledger' | 'anchor'>, at_ms: number): void {
  anchor.write({
    log_id: ledger.log_id,
    epoch: ledger.keys?.epoch ?? 1,
    size: ledger.log_size,
    root: hexOf(ledger.treeRoot()),
    at_ms,
  });
}
