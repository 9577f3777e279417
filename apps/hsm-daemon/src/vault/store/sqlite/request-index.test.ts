import { describe, expect, it } from 'vitest';
import { RequestIndex } from './request-index.ts';
import { RequestTable } from './request-table.ts';

const DAY_MS = 24 * 3600 * 1000;
const key = (n: number) => Math.imul(n, 2_654_435_761).toString(16).replace('-', 'f').padStart(32, n.toString(16));

describe('the request index', () => {
  it('finds every one of many keys, and not others', () => {
    const index = new RequestIndex(DAY_MS);
    for (let n = 0; n < 200_000; n++) index.add(key(n), n, 1);
    for (let n = 0; n < 200_000; n += 997) expect(index.find(key(n))).toContain(n);
    expect(index.find(key(200_001))).toEqual([]);
  });

  it('remembers a key for a day at least and two at most', () => {
    const index = new RequestIndex(DAY_MS);
    index.add(key(1), 1, DAY_MS + 1);
    index.add(key(2), 2, 2 * DAY_MS + 2);
    expect(index.find(key(1))).toEqual([1]);
    index.add(key(3), 3, 3 * DAY_MS + 3);
    expect(index.find(key(1))).toEqual([]);
    expect(index.find(key(2))).toEqual([2]);
  });
});

describe('a request table', () => {
  it('says when it is full, and keys that fall on one slot do not hide each other', () => {
    const table = new RequestTable(4);
    const keys = Array.from({ length: 11 }, (_, n) => `${n.toString(16).padStart(8, '0')}00000003`.padEnd(32, '0'));
    expect(keys.map((one, n) => table.add(one, n)).every(Boolean)).toBe(true);
    expect(table.add('f'.repeat(32), 99)).toBe(false);
    keys.forEach((one, n) => {
      const found: number[] = [];
      table.find(one, found);
      expect(found).toEqual([n]);
    });
  });
});
