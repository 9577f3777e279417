import { instant } from '../time/instant.ts';
import type { Laboratory } from './laboratory.ts';

/** How often the laboratory's clock advances; in between it stands still. */
const TICK_MS = 20;
/** A year in about half a minute; for more, use a leap. */
export const SPEED_MAX = 1_000_000;

/**
 * Ties the laboratory's clock to the machine's: frozen, or at any speed. Every advance is done when
 * it returns, a leap of decades as well: no action can fall into the middle of one.
 */
export class Pace {
  readonly #laboratory: Laboratory;
  readonly #wallMs: () => number;
  #speed: number;
  #lastMs: number;
  #owedMs = 0;
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

  leap(byMs: number): void {
    this.#laboratory.runUntil(instant(this.#laboratory.now + byMs));
    this.#lastMs = this.#wallMs();
    this.#owedMs = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const wallMs = this.#wallMs();
    this.#owedMs += Math.max(0, wallMs - this.#lastMs) * this.#speed;
    this.#lastMs = wallMs;
    const byMs = Math.floor(this.#owedMs);
    if (byMs < 1) return;
    this.#owedMs -= byMs;
    this.#laboratory.runUntil(instant(this.#laboratory.now + byMs));
  }
}
