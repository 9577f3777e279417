import { describe, expect, it } from 'vitest';
import { COMPARISONS_A_CODE_USUAL, COMPARISONS_MAX, HEAVY_COMPARISONS_IN_BATCH_MAX } from '../../../boundary/limits.ts';
import { Workload } from './workload.ts';

describe('the workload of a batch', () => {
  it('takes any number of usual calls', () => {
    const workload = new Workload();
    const taken = Array.from({ length: 4_096 }, () => workload.takes(1, COMPARISONS_A_CODE_USUAL));
    expect(taken).not.toContain(false);
  });

  it('takes heavy calls up to its limit, and usual ones after that', () => {
    const workload = new Workload();
    const most = HEAVY_COMPARISONS_IN_BATCH_MAX / COMPARISONS_MAX;
    const taken = Array.from({ length: most + 2 }, () => workload.takes(1, COMPARISONS_MAX));
    expect(taken.filter(Boolean)).toHaveLength(most);
    expect(workload.takes(1, COMPARISONS_A_CODE_USUAL + 1)).toBe(false);
    expect(workload.takes(1, COMPARISONS_A_CODE_USUAL)).toBe(true);
  });

  it('takes at least one of the heaviest calls', () => {
    expect(new Workload().takes(1, COMPARISONS_MAX)).toBe(true);
  });
});
