import { describe, expect, it } from 'vitest';
import { enrolled, hexId } from '../../../../../../test/harness/ledger-entries.ts';
import { foldEntry } from '../../domain/enrolment/fold-entry.ts';
import type { Standing } from '../../domain/enrolment/standing.ts';
import { HotState } from './hot-state.ts';

const PURPOSE = 'second-pin';
const standingOf = (n: number, index: number) => foldEntry(undefined, PURPOSE, enrolled(n), index) as Standing;

describe('the standings in memory', () => {
  it('writes nothing for a rehearsal, whether the standing exists or not', () => {
    const hot = new HotState(3);
    hot.put(standingOf(1, 0), 0);
    const seen = () => [hot.standing(hexId(1), PURPOSE), hot.count, hot.unwrittenCount, hot.activeEnrolments];
    const before = seen();
    for (let n = 1; n <= 20; n++) hot.rehearse({ ...standingOf(n, 99), status: 'locked' });
    expect(seen()).toEqual(before);
    expect(hot.standing(hexId(2), PURPOSE)).toBeUndefined();
    // The same work was done as for a real standing: it was written and read.
    expect(hot.latestRehearsed).toEqual({ ...standingOf(20, 99), status: 'locked' });
    expect(hot.takeUnwritten().map(({ count }) => count)).toEqual([1]);
  });

  it('rejects a standing that is ahead of the log, and changes nothing', () => {
    const hot = new HotState(3);
    hot.put(standingOf(1, 5), 5);
    expect(() => hot.put(standingOf(1, 5), 5)).toThrow('ahead of the log');
    expect([hot.unwrittenCount, hot.activeEnrolments, hot.lackingFrom]).toEqual([1, 1, 5]);
  });
});
