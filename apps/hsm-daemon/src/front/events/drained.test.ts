import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { drained } from './drained.ts';

describe('waiting for a reader', () => {
  const full = () => {
    const stream = new PassThrough({ highWaterMark: 4 });
    expect(stream.write('12345678')).toBe(false);
    return stream;
  };

  it('ends when the data is read or the reader has gone', async () => {
    const [read, gone] = [full(), full()];
    const both = [drained(read, 5_000), drained(gone, 5_000)];
    read.resume();
    gone.destroy();
    expect(await Promise.all(both)).toEqual([true, true]);
  });

  it('ends at its timeout, and leaves no listener behind', async () => {
    const stream = full();
    expect(await drained(stream, 20)).toBe(false);
    expect(['drain', 'close', 'cancelled'].map((event) => stream.listenerCount(event))).toEqual([0, 0, 0]);
  });
});
