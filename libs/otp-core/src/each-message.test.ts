import { hmac } from '@noble/hashes/hmac.js';
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { macEach, sha256, sha256Each } from './each-message.ts';
import { MESSAGE_BYTES_MAX } from './engine/otp-engine.ts';
import { HmacKey } from './hmac-key.ts';
import { Secret } from './secret.ts';

const KEY = new Uint8Array(32).fill(0x3c);
const key = () => HmacKey.from('sha256', Secret.copy(KEY));

/** Writes each message, and collects the digests. */
function collect(messages: readonly Uint8Array[], each: typeof sha256Each): number[][] {
  const digests: number[][] = [];
  const write = (i: number, into: Uint8Array) => {
    into.set(messages[i] as Uint8Array);
    return messages[i]?.length ?? 0;
  };
  each(messages.length, write, (i, digest) => {
    digests[i] = [...digest];
  });
  return digests;
}

const macs = (messages: readonly Uint8Array[]) =>
  collect(messages, (count, write, take) => macEach(key(), count, write, take));

describe('several messages at once', () => {
  it('equals noble for any number of messages of any length, with a key and without', () => {
    const message = fc.uint8Array({ maxLength: 400 });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 13 }), (messages) => {
        expect(macs(messages)).toEqual(messages.map((one) => [...hmac(nobleSha256, KEY, one)]));
        expect(collect(messages, sha256Each)).toEqual(messages.map((one) => [...nobleSha256(one)]));
      }),
    );
  });

  it('equals noble for every length, in every lane, beside short and long messages', () => {
    const lengths = Array.from({ length: MESSAGE_BYTES_MAX + 1 }, (_, length) => length);
    const messages = lengths.flatMap((length) => [length, 0, MESSAGE_BYTES_MAX - length, length, 64]);
    const written = messages.map((length) => new Uint8Array(length).fill(length));
    const expected = new Map(lengths.map((n) => [n, [...nobleSha256(new Uint8Array(n).fill(n))]]));
    const found = collect(written, sha256Each);
    found.forEach((digest, i) => {
      if (digest.join() !== expected.get(messages[i] ?? -1)?.join()) expect([i, digest]).toEqual([i, 'another']);
    });
    expect(found.length).toBe(messages.length);
  });

  it('equals noble for a single message', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1_500 }), (message) => {
        expect([...sha256(message)]).toEqual([...nobleSha256(message)]);
      }),
    );
  });

  it('leaves nothing in the buffer that all keys share, even when taking a digest fails', () => {
    const shared = key().mac(Uint8Array.of(1));
    const refuses = () => {
      throw new Error('not taken');
    };
    for (const count of [1, 4]) expect(() => macEach(key(), count, () => 3, refuses)).toThrow('not taken');
    expect([...shared].every((byte) => byte === 0)).toBe(true);
    for (const count of [1, 4]) {
      const last = key().mac(Uint8Array.of(1));
      macEach(
        key(),
        count,
        () => 3,
        () => {},
      );
      expect([...last].every((byte) => byte === 0)).toBe(true);
    }
  });

  it('makes no further MAC after the key is wiped during the call', () => {
    const own = key();
    const made: number[] = [];
    const take = (i: number) => {
      made.push(i);
      own.wipe();
    };
    expect(() => macEach(own, 9, () => 3, take)).toThrow('key was wiped');
    // The MACs that were made together with the first are still reported.
    expect(made.length).toBeLessThanOrEqual(4);
  });

  it.each([-1, 1.5, MESSAGE_BYTES_MAX + 1, Number.NaN])('rejects a message of %d bytes', (length) => {
    for (const count of [1, 4]) {
      expect(() =>
        sha256Each(
          count,
          () => length,
          () => {},
        ),
      ).toThrow('a message has 0 to 952 bytes');
    }
  });

  it('rejects a wiped key and a key of another hash before anything is written', () => {
    const wiped = key();
    wiped.wipe();
    const never = () => {
      throw new Error('written');
    };
    expect(() => macEach(wiped, 4, never, never)).toThrow('key was wiped');
    expect(() => macEach(HmacKey.from('sha1', Secret.copy(KEY)), 4, never, never)).toThrow('needs an HMAC-SHA-256 key');
  });
});
