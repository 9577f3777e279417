import { hexOf } from '@ramz/custody';
import type { VaultPorts } from './ports.ts';

/** After a commit and before the answer: an older copy of the store is behind this mark from now on. */
export function writeAnchor({ ledger, anchor }: Pick<VaultPorts, 'ledger' | 'anchor'>, atMs: number): void {
  anchor.write({
    logId: ledger.logId,
    epoch: ledger.keys?.epoch ?? 1,
    size: ledger.logSize,
    root: hexOf(ledger.treeRoot()),
    atMs,
  });
}

/** As long as a clock may go wrong before anybody notices. */
const TIME_EVERY_MS = 1_000;

/** Has the time in the anchor also while nothing is written: a clock set back by hours without calls has jumped. */
export class AnchoredTime {
  #atMs = 0;

  keep(ports: Pick<VaultPorts, 'ledger' | 'anchor'>, nowMs: number): void {
    if (nowMs - this.#atMs < TIME_EVERY_MS || ports.ledger.logSize === 0) return;
    writeAnchor(ports, nowMs);
    this.#atMs = nowMs;
  }
}
