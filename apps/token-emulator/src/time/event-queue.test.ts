import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue } from './event-queue.ts';
import { duration, instant } from './instant.ts';

describe('the event queue', () => {
  it('returns events by time, and those of one instant in the order they were scheduled', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (times) => {
        const queue = new EventQueue<{ at: number; order: number }>();
        times.forEach((at, order) => queue.schedule(instant(at), { at, order }));
        const taken: { at: number; order: number }[] = [];
        for (let next = queue.takeUntil(instant(100)); next; next = queue.takeUntil(instant(100)))
          taken.push(next.event);
        expect(taken).toEqual(
          times.map((at, order) => ({ at, order })).sort((a, b) => a.at - b.at || a.order - b.order),
        );
      }),
    );
  });

  it('returns nothing later than the requested time', () => {
    const queue = new EventQueue<string>();
    queue.schedule(instant(5), 'five');
    expect(queue.takeUntil(instant(4))).toBeUndefined();
    expect(queue.takeUntil(instant(5))?.event).toBe('five');
  });

  it('rejects fractions of a millisecond and negative durations', () => {
    expect(() => instant(0.5)).toThrow(RangeError);
    expect(() => duration(-1)).toThrow(RangeError);
  });
});
