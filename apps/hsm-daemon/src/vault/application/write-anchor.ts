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

/** As long as a clock may go wrong before anybody notices. */
const TIME_EVERY_MS = 1_000;

/** Has the time in the anchor also while nothing is written: a clock set back by hours without calls has jumped. */
export class AnchoredTime {
  #at_ms = 0;

  keep(ports: Pick<VaultPorts, 'ledger' | 'anchor'>, now_ms: number): void {
    if (now_ms - this.#at_ms < TIME_EVERY_MS || ports.ledger.log_size === 0) return;
    writeAnchor(ports, now_ms);
    this.#at_ms = now_ms;
  }
}
