import type { VaultPorts } from './ports.ts';

/**
 * The time that everything is decided by: the machine's wall clock, which may be set back, made to stand still until it has
 * caught up. The latest time that was ever seen is in the anchor and in the log, so that many small steps back, each of them
 * tolerated, with a restart between, do not add up to one that revives a code that had run out.
 */
export class DaemonTime {
  readonly #wall_ms: () => number;
  #latest_ms: number;

  private constructor(wall_ms: () => number, latest_ms: number) {
    this.#wall_ms = wall_ms;
    this.#latest_ms = latest_ms;
  }

  /** @param ports with the machine's own clock */
  static async start({
    now_ms,
    anchor,
    ledger,
  }: Pick<VaultPorts, 'now_ms' | 'anchor' | 'ledger'>): Promise<DaemonTime> {
    const last = ledger.log_size === 0 ? undefined : await ledger.entry(ledger.log_size - 1);
    return new DaemonTime(now_ms, Math.max(0, anchor.read()?.at_ms ?? 0, last?.at_ms ?? 0));
  }

  /** What the machine says. */
  wall_ms(): number {
    return this.#wall_ms();
  }

  /** How far the wall clock stands behind the latest time that was seen; 0 when it does not. */
  get behind_ms(): number {
    return Math.max(0, this.#latest_ms - this.#wall_ms());
  }

  now_ms(): number {
    return Math.max(this.#wall_ms(), this.#latest_ms);
  }

  /** A reading of the wall clock that did not jump. */
  see(wall_ms: number): void {
    this.#latest_ms = Math.max(this.#latest_ms, wall_ms);
  }

  /** The wall clock is right as it is now, also where it stands back: people looked at it. */
  accept(): void {
    this.#latest_ms = this.#wall_ms();
  }
}
