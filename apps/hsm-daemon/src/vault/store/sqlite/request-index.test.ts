import { describe, expect, it } from 'vitest';
import { RequestIndex } from './request-index.ts';
import { RequestTable } from './request-table.ts';

const DAY_MS = 24 * 3600 * 1000;
/** The two words of a key. */
const key = (n: number): [number, number] => [n, Math.imul(n, 2_654_435_761) >>> 0];

describe('the request index', () => {
  it('finds each of many keys, and no others', () => {
    const index = new RequestIndex(DAY_MS);
    for (let n = 0; n < 200_000; n++) index.add(...key(n), n, 1);
    for (let n = 0; n < 200_000; n += 997) expect(index.find(...key(n))).toContain(n);
    expect(index.find(...key(200_001))).toEqual([]);
  });

  it('remembers a key for at least one day and at most two', () => {
    const index = new RequestIndex(DAY_MS);
    index.add(...key(1), 1, DAY_MS + 1);
    index.add(...key(2), 2, 2 * DAY_MS + 2);
    expect(index.find(...key(1))).toEqual([1]);
    index.add(...key(3), 3, 3 * DAY_MS + 3);
    expect(index.find(...key(1))).toEqual([]);
    expect(index.find(...key(2))).toEqual([2]);
  });
});

describe('a request table', () => {
  it('reports when it is full, and finds all keys that share a slot', () => {
    const table = new RequestTable(4);
    const highs = Array.from({ length: 11 }, (_, n) => n);
    expect(highs.map((high) => table.add(high, 3, high)).every(Boolean)).toBe(true);
    expect(table.add(99, 99, 99)).toBe(false);
    for (const high of highs) expect(table.find(high, 3, undefined)).toEqual([high]);
    expect(table.find(99, 3, undefined)).toBeUndefined();
  });
});
