import type { Seeded } from '../seeded.ts';

/** Decides who goes on next: whoever waits, waits here, and one of them is let go at a time, by the seed. */
export class Scheduler {
  readonly #seeded: Seeded;
  #waiting: (() => void)[] = [];
  /** Counts what happened, so that it can be said what was before what. */
  tick = 0;

  constructor(seeded: Seeded) {
    this.#seeded = seeded;
  }

  /** Until it is this one's turn. */
  turn(): Promise<void> {
    return new Promise((go) => this.#waiting.push(go));
  }

  /** Lets one after the other go until the work is done. */
  async run(work: Promise<unknown>): Promise<void> {
    const state = { isDone: false };
    const end = () => {
      state.isDone = true;
    };
    void work.then(end, end);
    while (!state.isDone) {
      // Everything that follows from the last turn happens first.
      await new Promise((done) => setImmediate(done));
      if (this.#waiting.length === 0) continue;
      this.tick += 1;
      const [go] = this.#waiting.splice(this.#seeded.below(this.#waiting.length), 1);
      go?.();
    }
  }
}
