import { describe, expect, it } from 'vitest';
import { FairQueue, type Queued } from './fair-queue.ts';

interface NamedItem extends Queued {
  readonly name: string;
}

const gone: string[] = [];
const queued = (caller: string, name: string, weight = 1, hasGone = false): NamedItem => ({
  caller,
  name,
  weight,
  calls: 1,
  hasGone: () => hasGone,
  onGone: () => gone.push(name),
});
const names = (taken: readonly NamedItem[]) => taken.map(({ name }) => name);

describe('a queue with a line for each caller', () => {
  it('serves the queues in turn, regardless of arrival order and queue length', () => {
    const queue = new FairQueue<NamedItem>(1);
    for (let i = 0; i < 100; i++) queue.push(queued('flood', `f${i}`));
    queue.push(queued('a', 'a0'));
    queue.push(queued('b', 'b0'));
    expect(names(queue.take(4))).toEqual(['f0', 'a0', 'b0', 'f1']);
    queue.push(queued('a', 'a1'));
    expect(names(queue.take(3))).toEqual(['f2', 'a1', 'f3']);
    expect([queue.length, queue.weight, queue.callers]).toEqual([96, 96, 1]);
  });

  it('serves each line up to its share of weight per turn, and a heavy line as well', () => {
    const queue = new FairQueue<NamedItem>(10);
    for (let i = 0; i < 30; i++) queue.push(queued('small', `s${i}`));
    queue.push(queued('large', 'L0', 25));
    queue.push(queued('large', 'L1', 25));
    const taken = names(queue.take(100));
    expect(taken.slice(0, 11)).toEqual([...Array.from({ length: 10 }, (_, i) => `s${i}`), 'L0']);
    expect(taken[21]).toBe('L1');
    expect(taken).toHaveLength(32);
  });

  it('takes an oversized item alone, and drops items whose caller has gone', () => {
    const queue = new FairQueue<NamedItem>(10);
    queue.push(queued('a', 'gone', 1, true));
    queue.push(queued('a', 'huge', 50));
    queue.push(queued('a', 'next'));
    expect(names(queue.take(10))).toEqual(['huge']);
    expect(gone).toEqual(['gone']);
    expect(names(queue.take(10))).toEqual(['next']);
    expect([queue.length, queue.weight, queue.take(1)]).toEqual([0, 0, []]);
  });
});
