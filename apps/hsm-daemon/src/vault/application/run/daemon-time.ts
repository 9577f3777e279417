import type { VaultPorts } from '../batch/ports.ts';

/**
 * The time that everything is decided by: the machine's wall clock. When that is set back, this
 * time stands still until the wall clock has caught up. The latest time seen is in the anchor and
 * in the log. Otherwise many small, tolerated steps back, with restarts between them, could add up
 * and revive an expired code.
 */
export class DaemonTime {
  readonly #wallMs: () => number;
  #latestMs: number;

  private constructor(wallMs: () => number, latestMs: number) {
    this.#wallMs = wallMs;
    this.#latestMs = latestMs;
  }

  /** @param ports with the machine's own clock */
  static async start({ nowMs, anchor, ledger }: Pick<VaultPorts, 'nowMs' | 'anchor' | 'ledger'>): Promise<DaemonTime> {
    const last = ledger.logSize === 0 ? undefined : await ledger.entry(ledger.logSize - 1);
    return new DaemonTime(nowMs, Math.max(0, anchor.read()?.atMs ?? 0, last?.atMs ?? 0));
  }

  /** Returns the machine's own time. */
  wallMs(): number {
    return this.#wallMs();
  }

  /** Returns how far the wall clock is behind the latest time seen; 0 when it is not. */
  get behindMs(): number {
    return Math.max(0, this.#latestMs - this.#wallMs());
  }

  nowMs(): number {
    return Math.max(this.#wallMs(), this.#latestMs);
  }

  /** Notes a reading of the wall clock that did not jump. */
  see(wallMs: number): void {
    this.#latestMs = Math.max(this.#latestMs, wallMs);
  }

  /** Accepts the wall clock as it is now, even when it is behind: people have checked it. */
  accept(): void {
    this.#latestMs = this.#wallMs();
  }
}
