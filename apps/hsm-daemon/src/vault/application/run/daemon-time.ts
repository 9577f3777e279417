import type { VaultPorts } from '../batch/ports.ts';

/**
 * The time that everything is decided by: the machine's wall clock, which may be set back, made to stand still until it has
 * caught up. The latest time that was ever seen is in the anchor and in the log, so that many small steps back, each of them
 * tolerated, with a restart between, do not add up to one that revives a code that had run out.
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

  /** What the machine says. */
  wallMs(): number {
    return this.#wallMs();
  }

  /** How far the wall clock stands behind the latest time that was seen; 0 when it does not. */
  get behindMs(): number {
    return Math.max(0, this.#latestMs - this.#wallMs());
  }

  nowMs(): number {
    return Math.max(this.#wallMs(), this.#latestMs);
  }

  /** A reading of the wall clock that did not jump. */
  see(wallMs: number): void {
    this.#latestMs = Math.max(this.#latestMs, wallMs);
  }

  /** The wall clock is right as it is now, also where it stands back: people looked at it. */
  accept(): void {
    this.#latestMs = this.#wallMs();
  }
}
