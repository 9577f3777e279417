import { instant } from '../kernel/instant.ts';
import type { Laboratory } from './laboratory.ts';

/** How often the laboratory's clock is moved on; between, it stands. */
const TICK_MS = 20;
/** A year in about half a minute; a leap says the rest at once. */
export const SPEED_MAX = 1_000_000;
/** So long of the laboratory's time at once, that others get their turn. */
const SLICE_MS = 6 * 3_600_000;

/** Ties the laboratory's clock to the machine's: frozen, as fast as it, or faster. */
export class Pace {
  readonly #laboratory: Laboratory;
  readonly #wall_ms: () => number;
  #speed: number;
  #last_ms: number;
  #owed_ms = 0;
  readonly #timer: NodeJS.Timeout;

  /** @param speed 0 is frozen */
  constructor(laboratory: Laboratory, speed: number, wall_ms: () => number) {
    this.#laboratory = laboratory;
    this.#wall_ms = wall_ms;
    this.#speed = speed;
    this.#last_ms = wall_ms();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  get speed(): number {
    return this.#speed;
  }

  setSpeed(speed: number): void {
    this.#tick();
    this.#speed = Math.min(SPEED_MAX, Math.max(0, speed));
    this.#owed_ms = 0;
  }

  /** As fast as possible, and the rest of the process still gets its turn. */
  async leap(by_ms: number): Promise<void> {
    const until = this.#laboratory.now + by_ms;
    while (this.#laboratory.now < until) {
      this.#laboratory.runUntil(instant(Math.min(until, this.#laboratory.now + SLICE_MS)));
      await new Promise((next) => setImmediate(next));
    }
    this.#last_ms = this.#wall_ms();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const wall_ms = this.#wall_ms();
    this.#owed_ms += Math.max(0, wall_ms - this.#last_ms) * this.#speed;
    this.#last_ms = wall_ms;
    // What is more than a slice is owed: a fast laboratory may lag, and never blocks.
    const now_ms = Math.floor(Math.min(this.#owed_ms, SLICE_MS));
    if (now_ms < 1) return;
    this.#owed_ms = Math.min(this.#owed_ms - now_ms, SLICE_MS);
    this.#laboratory.runUntil(instant(this.#laboratory.now + now_ms));
  }
}
