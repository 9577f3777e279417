import { createHash } from 'node:crypto';
import { TOKENS_MAX } from '@ramz/bank-profile';
import { HmacKey, Secret } from '@ramz/otp-core';
import { describe, expect, it } from 'vitest';
import { SeedCache } from './seed-cache.ts';

const MANY = 20_000;
const idOf = (n: number) => createHash('sha256').update(String(n)).digest('hex').slice(0, 32);
const seedOf = (n: number) => Secret.copy(createHash('sha1').update(`seed ${n}`).digest());
const macOf = (key: HmacKey) => Buffer.from(key.mac(Uint8Array.of(7))).toString('hex');
const expected = (n: number) => macOf(HmacKey.from('sha1', seedOf(n)));

describe('a cache of seeds', () => {
  it('gives each key as it is, or none, whatever was kept in between', () => {
    const cache = new SeedCache('sha1');
    for (let n = 0; n < MANY; n++) cache.keep(idOf(n), 1, seedOf(n));
    let found = 0;
    for (let n = 0; n < MANY; n++) {
      const key = cache.find(idOf(n), 1);
      if (key === undefined) continue;
      found += 1;
      expect(macOf(key)).toBe(expected(n));
    }
    expect(found).toBeGreaterThan(4_000);
    expect(cache.find(idOf(MANY), 1)).toBeUndefined();
    expect(cache.find(idOf(MANY - 1), 2)).toBeUndefined();
  });

  it('what was found stays good while as many as one try has are kept', () => {
    const cache = new SeedCache('sha1');
    for (let n = 0; n < MANY; n++) cache.keep(idOf(n), 0, seedOf(n));
    // The oldest that are still there, beside as many new ones: the keys of one try.
    const tokens = Array.from({ length: TOKENS_MAX / 2 }, (_, i) => [MANY - 8_192 + i * 2, MANY + i]).flat();
    const keys = tokens.map((n) => cache.find(idOf(n), 0) ?? cache.keep(idOf(n), 0, seedOf(n)));
    expect(keys.map(macOf)).toEqual(tokens.map(expected));
  });

  it('wiped, it gives none', () => {
    const cache = new SeedCache('sha1');
    cache.keep(idOf(1), 0, seedOf(1));
    cache.wipe();
    expect(cache.find(idOf(1), 0)).toBeUndefined();
  });
});
