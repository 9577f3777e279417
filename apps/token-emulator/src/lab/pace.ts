import { type InstantMs, instant } from '../time/instant.ts';
import type { Laboratory } from './laboratory.ts';

/** How often the laboratory's clock advances; in between it stands still. */
const TICK_MS = 20;
/** A year in about half a minute; for more, use a leap. */
export const SPEED_MAX = 1_000_000;
/** The longest time that the process does nothing else; then other work gets its turn. */
const TURN_MS = 15;
/** A laboratory that cannot keep up lags behind; it never owes more virtual time than this. */
const OWED_MS_MAX = 6 * 3_600_000;

/** Ties the laboratory's clock to the machine's: frozen, or at any speed. */
export class Pace {
  readonly #laboratory: Laboratory;
  readonly #wallMs: () => number;
  #speed: number;
  #lastMs: number;
  #owedMs = 0;
  #isStopped = false;
  #going: Promise<void> = Promise.resolve();
  #isGoing = false;
  readonly #timer: NodeJS.Timeout;

  /** @param speed 0 is frozen */
  constructor(laboratory: Laboratory, speed: number, wallMs: () => number) {
    this.#laboratory = laboratory;
    this.#wallMs = wallMs;
    this.#speed = speed;
    this.#lastMs = wallMs();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  get speed(): number {
    return this.#speed;
  }

  setSpeed(speed: number): void {
    this.#tick();
    this.#speed = Math.min(SPEED_MAX, Math.max(0, speed));
    this.#owedMs = 0;
  }

  /** Advances as fast as possible. Other work still gets its turn, and `stop` ends it. */
  async leap(byMs: number): Promise<void> {
    await this.#go(byMs);
    this.#lastMs = this.#wallMs();
    this.#owedMs = 0;
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#timer);
  }

  #tick(): void {
    const wallMs = this.#wallMs();
    this.#owedMs = Math.min(OWED_MS_MAX, this.#owedMs + Math.max(0, wallMs - this.#lastMs) * this.#speed);
    this.#lastMs = wallMs;
    const byMs = Math.floor(this.#owedMs);
    if (byMs < 1 || this.#isGoing) return;
    this.#owedMs -= byMs;
    void this.#go(byMs);
  }

  /** Runs advances one after the other: each begins where the last one ended. */
  #go(byMs: number): Promise<void> {
    const going = this.#going.then(() => this.#run(instant(this.#laboratory.now + byMs)));
    this.#going = going.catch(() => {});
    return going;
  }

  async #run(until: InstantMs): Promise<void> {
    this.#isGoing = true;
    try {
      for (const isDone = this.#laboratory.runTowards(until); !this.#isStopped; ) {
        if (isDone(this.#wallMs() + TURN_MS, this.#wallMs)) return;
        await new Promise((next) => setImmediate(next));
      }
    } finally {
      this.#isGoing = false;
    }
  }
}
