import { describe, expect, it } from 'vitest';
import { farthestApart, type OtherClock } from './compare-clocks.ts';

const clock = (apartMs: number, isServer = true, uncertainMs = 0): OtherClock => ({
  whose: isServer ? 'server' : 'daemon',
  isServer,
  apartMs,
  uncertainMs,
});
const NONE = new Map<string, number>();

describe('clocks of daemons on one database', () => {
  it.each([
    ['accepts half the tolerance from the server', [clock(2_500)], undefined],
    ['reports more than that', [clock(2_501)], 'server'],
    ['reports as much behind', [clock(-2_501)], 'server'],
    ['accepts more when the reading may be wrong by that much', [clock(2_900, true, 400)], undefined],
    ['accepts the whole tolerance from another daemon', [clock(5_000, false)], undefined],
    ['reports more than that from another daemon', [clock(5_001, false)], 'daemon'],
    ['reports the farther of two clocks that are too far', [clock(3_000), clock(-9_000, false)], 'daemon'],
  ])('%s', (_, clocks, whose) => {
    expect(farthestApart(clocks, NONE, 5_000)?.whose).toBe(whose);
  });

  it('measures from the offset that people accepted', () => {
    const accepted = new Map([['server', 60_000]]);
    expect(farthestApart([clock(61_000)], accepted, 5_000)).toBeUndefined();
    expect(farthestApart([clock(0)], accepted, 5_000)?.apartMs).toBe(0);
  });

  it('keeps two daemons that match the server no farther apart than one clock may jump', () => {
    const [early, late] = [-2_500, 2_500];
    expect(farthestApart([clock(early)], NONE, 5_000) ?? farthestApart([clock(late)], NONE, 5_000)).toBeUndefined();
    expect(farthestApart([clock(late - early, false)], NONE, 5_000)).toBeUndefined();
  });
});
