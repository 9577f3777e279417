import { hexOf } from '@ramz/custody';
import type { VaultPorts } from './ports.ts';

/**
 * Writes the anchor, after a commit and before the answer: from now on an older copy of the store
 * is behind this mark.
 */
export function writeAnchor({ ledger, anchor }: Pick<VaultPorts, 'ledger' | 'anchor'>, atMs: number): void {
  anchor.write({
    logId: ledger.logId,
    epoch: ledger.keys?.epoch ?? 1,
    size: ledger.logSize,
    root: hexOf(ledger.treeRoot()),
    atMs,
  });
}

/** How long a wrong clock may go unnoticed. */
const TIME_EVERY_MS = 1_000;

/**
 * Keeps the time in the anchor current while nothing is written: a clock that is set back by hours
 * without calls has jumped.
 */
export class AnchoredTime {
  #atMs = 0;

  keep(ports: Pick<VaultPorts, 'ledger' | 'anchor'>, nowMs: number): void {
    if (nowMs - this.#atMs < TIME_EVERY_MS || ports.ledger.logSize === 0) return;
    writeAnchor(ports, nowMs);
    this.#atMs = nowMs;
  }
}
