import { describe, expect, it } from 'vitest';
import { type ClockReading, lookAtClock, watchFrom } from './clock-watch.ts';

const MAX_MS = 5_000;
const SECOND_MS = 1_000;
const DAY_MS = 24 * 3600 * SECOND_MS;
const START_MS = Date.UTC(2026, 0, 1);

/**
 * Looks once a second, and returns the jumps that were seen. `errorMs` is the error of the wall
 * clock after a number of seconds.
 */
function jumps(seconds: number, errorMs: (second: number) => number, startMs = START_MS): number[] {
  const at = (second: number): ClockReading => ({
    wallMs: startMs + second * SECOND_MS + errorMs(second),
    monotonicMs: second * SECOND_MS,
  });
  let watch = watchFrom(at(0));
  const seen: number[] = [];
  for (let second = 1; second <= seconds; second++) {
    const look = lookAtClock(watch, at(second), MAX_MS);
    ({ watch } = look);
    if (look.jumpMs !== 0) seen.push(look.jumpMs);
  }
  return seen;
}

describe('the watch over the clock', () => {
  it.each([
    ['back 1 s: within the tolerance', -SECOND_MS, false],
    ['back 5 s', -5 * SECOND_MS, false],
    ['back 5.001 s', -5_001, true],
    ['forward 5.001 s', 5_001, true],
    ['forward 61 s', 61 * SECOND_MS, true],
    ['back an hour', -3600 * SECOND_MS, true],
    ['forward 10 years', 3_652 * DAY_MS, true],
    ['back a year', -365 * DAY_MS, true],
  ])('%s', (_, stepMs, isJump) => {
    const seen = jumps(100, (second) => (second < 50 ? 0 : stepMs));
    expect(seen.length > 0).toBe(isJump);
    if (isJump) expect(seen[0]).toBe(stepMs);
  });

  it('sees no jump in a leap second, stepped or smeared over a day', () => {
    expect(jumps(100, (second) => (second < 50 ? 0 : -SECOND_MS))).toEqual([]);
    expect(jumps(86_400, (second) => (-SECOND_MS * second) / 86_400)).toEqual([]);
  });

  it('follows a slow correction by a time server for 20 days, but not a runaway crystal', () => {
    expect(jumps(20 * 86_400, (second) => second * 0.1)).toEqual([]);
    expect(jumps(86_400, (second) => second * 2).length).toBeGreaterThan(0);
  });

  it('sees a jump in many small steps that add up', () => {
    expect(jumps(100, (second) => second * 400).length).toBeGreaterThan(0);
  });

  it('sees a stopped clock as a jump back', () => {
    const seen = jumps(20, (second) => -second * SECOND_MS);
    expect(seen[0]).toBeLessThan(-MAX_MS);
  });

  it('reports a jump until it is accepted, and watches the new time afterwards', () => {
    expect(jumps(100, (second) => (second < 50 ? 0 : 3600 * SECOND_MS))).toHaveLength(51);
    const accepted = watchFrom({ wallMs: START_MS + 3600 * SECOND_MS, monotonicMs: 0 });
    const look = lookAtClock(accepted, { wallMs: START_MS + 3601 * SECOND_MS, monotonicMs: 1_000 }, MAX_MS);
    expect(look.jumpMs).toBe(0);
  });

  it.each([
    ['2038-01-19, where 32-bit seconds end', Date.UTC(2038, 0, 19, 3, 14, 0)],
    ['2106-02-07, where unsigned ones end', Date.UTC(2106, 1, 7, 6, 28, 0)],
    ['Nowruz, in every time zone', Date.UTC(2027, 2, 20, 20, 30, 0)],
  ])('handles %s like any other time', (_, startMs) => {
    expect(jumps(120, () => 0, startMs)).toEqual([]);
  });
});
