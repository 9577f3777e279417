import type { AnchorMark } from '../domain/anchor/check-anchor.ts';
import type { Anchor } from './anchor.ts';

/**
 * An anchor that is only read until `release`. While a restore ceremony is in progress, a restart
 * must still detect that the store was rolled back.
 */
export class HeldAnchor implements Anchor {
  readonly #anchor: Anchor;
  #held = true;

  constructor(anchor: Anchor) {
    this.#anchor = anchor;
  }

  read(): AnchorMark | undefined {
    return this.#anchor.read();
  }

  write(mark: AnchorMark): void {
    if (!this.#held) this.#anchor.write(mark);
  }

  release(): void {
    this.#held = false;
  }

  close(): void {
    this.#anchor.close();
  }
}
