import { COMPARISONS_A_CODE_USUAL, HEAVY_COMPARISONS_IN_BATCH_MAX } from '../../../boundary/limits.ts';

/**
 * Limits the heavy calls of one batch. The front counts codes and does not know what each costs: a
 * few codes of customers with hundreds of tokens hold the vault as long as a thousand others. Heavy
 * calls over the limit are refused, so that the others do not wait for them.
 */
export class Workload {
  #heavyComparisons = 0;

  /** Returns whether a call is still decided in this batch, and counts it. */
  takes(codes: number, comparisons: number): boolean {
    if (comparisons <= codes * COMPARISONS_A_CODE_USUAL) return true;
    if (this.#heavyComparisons + comparisons > HEAVY_COMPARISONS_IN_BATCH_MAX) return false;
    this.#heavyComparisons += comparisons;
    return true;
  }
}
