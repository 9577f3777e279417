import { COMPARISONS_A_CODE_USUAL, HEAVY_COMPARISONS_IN_BATCH_MAX } from '../../../boundary/limits.ts';

/**
 * How much of one batch is heavy calls. The front counts codes, and does not know what each costs: of customers with
 * hundreds of tokens a few hold the vault as long as a thousand others. What is too much of them is sent back, and the
 * others do not wait for it.
 */
export class Workload {
  #heavyComparisons = 0;

  /** Whether a call is still decided in this batch. */
  takes(codes: number, comparisons: number): boolean {
    if (comparisons <= codes * COMPARISONS_A_CODE_USUAL) return true;
    if (this.#heavyComparisons + comparisons > HEAVY_COMPARISONS_IN_BATCH_MAX) return false;
    this.#heavyComparisons += comparisons;
    return true;
  }
}
