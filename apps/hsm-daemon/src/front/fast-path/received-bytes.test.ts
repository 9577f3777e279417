import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReceivedBytes } from './received-bytes.ts';

describe('the received bytes of a message', () => {
  it('keeps all bytes in order, however they are split', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 20 }), (pieces) => {
        const received = new ReceivedBytes();
        const copies = pieces.map((piece) => Buffer.from(piece));
        for (const copy of copies) received.take(copy);
        expect(received.bytes).toEqual(Buffer.concat(pieces));
        expect(received.length).toBe(received.bytes.length);
        // The sender's buffers are unchanged.
        expect(copies).toEqual(pieces.map((piece) => Buffer.from(piece)));
      }),
    );
  });

  it('takes a few times the size of a message that arrives byte by byte', () => {
    const received = new ReceivedBytes();
    for (let i = 0; i < 100_000; i++) received.take(Buffer.from([i & 0xff]));
    expect(received.bytes.buffer.byteLength).toBeLessThan(4 * 100_000);
    received.forget();
    expect(received.length).toBe(0);
  });
});
