import type { Seeded } from '../seeded.ts';

/** Decides which waiting task continues next: one at a time, chosen by the seed. */
export class Scheduler {
  readonly #seeded: Seeded;
  #waiting: (() => void)[] = [];
  /** Counts turns, to order events in time. */
  tick = 0;

  constructor(seeded: Seeded) {
    this.#seeded = seeded;
  }

  /** Waits for the caller's turn. */
  turn(): Promise<void> {
    return new Promise((go) => this.#waiting.push(go));
  }

  /** Gives turns one by one until the work is done. */
  async run(work: Promise<unknown>): Promise<void> {
    const state = { isDone: false };
    const end = () => {
      state.isDone = true;
    };
    void work.then(end, end);
    while (!state.isDone) {
      // Everything that follows from the last turn runs first.
      await new Promise((done) => setImmediate(done));
      if (this.#waiting.length === 0) continue;
      this.tick += 1;
      const [go] = this.#waiting.splice(this.#seeded.below(this.#waiting.length), 1);
      go?.();
    }
  }
}
