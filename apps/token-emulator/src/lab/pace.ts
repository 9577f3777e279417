import { type Instant_ms, instant } from '../kernel/instant.ts';
import type { Laboratory } from './laboratory.ts';

/** How often the laboratory's clock is moved on; between, it stands. */
const TICK_MS = 20;
/** A year in about half a minute; a leap says the rest at once. */
export const SPEED_MAX = 1_000_000;
/** So long at most the process does nothing else; then others get their turn. */
const TURN_MS = 15;
/** A fast laboratory that cannot keep up lags, and does not owe more than this of its time. */
const OWED_MS_MAX = 6 * 3_600_000;

/** Ties the laboratory's clock to the machine's: frozen, as fast as it, or faster. */
export class Pace {
  readonly #laboratory: Laboratory;
  readonly #wall_ms: () => number;
  #speed: number;
  #last_ms: number;
  #owed_ms = 0;
  #is_stopped = false;
  #going: Promise<void> = Promise.resolve();
  #is_going = false;
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

  /** As fast as possible; the rest of the process still gets its turn, and `stop` ends it. */
  async leap(by_ms: number): Promise<void> {
    await this.#go(by_ms);
    this.#last_ms = this.#wall_ms();
    this.#owed_ms = 0;
  }

  stop(): void {
    this.#is_stopped = true;
    clearInterval(this.#timer);
  }

  #tick(): void {
    const wall_ms = this.#wall_ms();
    this.#owed_ms = Math.min(OWED_MS_MAX, this.#owed_ms + Math.max(0, wall_ms - this.#last_ms) * this.#speed);
    this.#last_ms = wall_ms;
    const by_ms = Math.floor(this.#owed_ms);
    if (by_ms < 1 || this.#is_going) return;
    this.#owed_ms -= by_ms;
    void this.#go(by_ms);
  }

  /** One after the other: each begins where the last has ended. */
  #go(by_ms: number): Promise<void> {
    const going = this.#going.then(() => this.#run(instant(this.#laboratory.now + by_ms)));
    this.#going = going.catch(() => {});
    return going;
  }

  async #run(until: Instant_ms): Promise<void> {
    this.#is_going = true;
    try {
      for (const isDone = this.#laboratory.runTowards(until); !this.#is_stopped; ) {
        if (isDone(this.#wall_ms() + TURN_MS, this.#wall_ms)) return;
        await new Promise((next) => setImmediate(next));
      }
    } finally {
      this.#is_going = false;
    }
  }
}
