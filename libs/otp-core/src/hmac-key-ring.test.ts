import { describe, expect, it } from 'vitest';
import { HmacKey, Secret } from './index.ts';
import { HmacKeyRing } from './messages.ts';

const secret = (n: number) => Secret.copy(new Uint8Array(20).fill(n));
const message = Uint8Array.of(1, 2, 3);
const macOf = (key: HmacKey) => Buffer.from(key.mac(message)).toString('hex');
const expected = (hash: 'sha1' | 'sha256' | 'sha512', n: number) => macOf(HmacKey.from(hash, secret(n)));

describe.each(['sha1', 'sha256', 'sha512'] as const)('a ring of keys of %s', (hash) => {
  it('holds each key until its room is taken by another', () => {
    const ring = new HmacKeyRing(hash, 3);
    const places = [1, 2, 3].map((n) => ring.put(secret(n)));
    expect(places).toEqual([0, 1, 2]);
    expect(places.map((place) => macOf(ring.at(place)))).toEqual([1, 2, 3].map((n) => expected(hash, n)));
    expect(places.map((place) => ring.putsLeft(place))).toEqual([0, 1, 2]);
    expect(ring.put(secret(4))).toBe(0);
    expect(places.map((place) => ring.putsLeft(place))).toEqual([2, 0, 1]);
    expect(places.map((place) => macOf(ring.at(place)))).toEqual([4, 2, 3].map((n) => expected(hash, n)));
  });

  it('wiped, holds none, and takes others', () => {
    const ring = new HmacKeyRing(hash, 2);
    const key = ring.at(ring.put(secret(1)));
    ring.wipe();
    expect(() => key.mac(message)).toThrow('wiped');
    expect(() => ring.at(0)).toThrow('no key');
    expect(macOf(ring.at(ring.put(secret(2))))).toBe(expected(hash, 2));
  });

  it('a key that cannot be taken leaves the others as they are', () => {
    const ring = new HmacKeyRing(hash, 2);
    ring.put(secret(1));
    expect(() => ring.put(Secret.copy(new Uint8Array(3)))).toThrow('16 to 1024');
    const gone = secret(2);
    gone.wipe();
    expect(() => ring.put(gone)).toThrow('wiped');
    expect(macOf(ring.at(0))).toBe(expected(hash, 1));
    expect(() => ring.at(1)).toThrow('no key');
    expect(ring.put(secret(3))).toBe(1);
  });
});

it('a ring of another hash is refused', () => {
  expect(() => new HmacKeyRing('md5' as 'sha1', 1)).toThrow('sha1, sha256 or sha512');
});

it.each([0, -1, 1.5, 65_537, Number.NaN])('a ring with room for %d keys is refused', (room) => {
  expect(() => new HmacKeyRing('sha1', room)).toThrow('room');
});
