/**
 * What a personality keeps in a token's non-volatile memory: slots, counters, PINs. The device owns
 * it, so that snapshots and forks have it too.
 */
export interface KeptMemory {
  /** Returns an independent copy with secrets of its own. */
  copy(): KeptMemory;
  /** Returns plain values and bytes for a file, secrets included. */
  save(): unknown;
  wipe(): void;
}

/**
 * What became of a write: power was lost in its middle, or a worn cell, or one without power, kept
 * what it had.
 */
export type WriteOutcome = 'written' | 'torn' | 'worn';
