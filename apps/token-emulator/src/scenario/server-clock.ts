/** A server's clock that is off by some seconds, drifts, and may be slewed to the right time. */
export class ServerClock {
  #setAtMs = 0;
  #offBySeconds = 0;
  #driftPpm = 0;
  #slewMs = 0;

  /** @param slewMs time in which the clock runs evenly to the right time; 0 leaves it as it is */
  set(nowMs: number, to: { readonly offBySeconds: number; readonly driftPpm: number; readonly slewMs: number }): void {
    this.#setAtMs = nowMs;
    this.#offBySeconds = to.offBySeconds;
    this.#driftPpm = to.driftPpm;
    this.#slewMs = to.slewMs;
  }

  /** Returns by how much it is ahead of the right time, in seconds. */
  offBySeconds(nowMs: number): number {
    const passedMs = nowMs - this.#setAtMs;
    const left = this.#slewMs === 0 ? 1 : Math.max(0, 1 - passedMs / this.#slewMs);
    return this.#offBySeconds * left + (passedMs / 1_000) * this.#driftPpm * 1e-6;
  }
}
