import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReceivedBytes } from './received-bytes.ts';

describe('what has come of a message', () => {
  it('is all of it, in its order, whatever the pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 20 }), (pieces) => {
        const received = new ReceivedBytes();
        const copies = pieces.map((piece) => Buffer.from(piece));
        for (const copy of copies) received.take(copy);
        expect(received.bytes).toEqual(Buffer.concat(pieces));
        expect(received.length).toBe(received.bytes.length);
        // Nothing was written into what the sender holds.
        expect(copies).toEqual(pieces.map((piece) => Buffer.from(piece)));
      }),
    );
  });

  it('is held in a few times its own size, a byte at a time', () => {
    const received = new ReceivedBytes();
    for (let i = 0; i < 100_000; i++) received.take(Buffer.from([i & 0xff]));
    expect(received.bytes.buffer.byteLength).toBeLessThan(4 * 100_000);
    received.forget();
    expect(received.length).toBe(0);
  });
});
