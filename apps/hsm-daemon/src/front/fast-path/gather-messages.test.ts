import type { ServerHttp2Stream } from 'node:http2';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { framed } from '../../../../../test/harness/grpc-frames.ts';
import { MESSAGE_BYTES_MAX } from '../../boundary/limits.ts';
import { gatherMessages } from './gather-messages.ts';
import { HalfSent } from './half-sent.ts';

const sized = (length: number, body: Buffer = Buffer.alloc(length, 7)) => framed(body, { length });

/** Returns what a reader gets from these pieces, chunk by chunk. */
async function read(pieces: readonly Buffer[]): Promise<Buffer[]> {
  const stream = new Readable({ read: () => {} });
  gatherMessages(stream as ServerHttp2Stream, { caller: 'bank', halfSent: new HalfSent() }, false);
  const got: Buffer[] = [];
  stream.on('data', (one: Buffer) => got.push(one));
  for (const piece of pieces) stream.push(piece);
  stream.push(null);
  await new Promise((done) => stream.once('end', done));
  return got;
}

const inPieces = (bytes: Buffer, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));

describe('gathering messages', () => {
  it('passes on complete messages in order, however they are split', async () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(lengths, fc.integer({ min: 1, max: 400 }), async (sizes, piece) => {
        const messages = sizes.map((size, i) => sized(size, Buffer.alloc(size, i)));
        const all = Buffer.concat(messages);
        const got = await read(inPieces(all, piece));
        expect(Buffer.concat(got)).toEqual(all);
        // Each chunk begins and ends where messages do.
        const ends = new Set(messages.map((_, i) => Buffer.concat(messages.slice(0, i + 1)).length));
        got.reduce((end, one) => {
          expect(ends).toContain(end + one.length);
          return end + one.length;
        }, 0);
      }),
    );
  });

  it('joins a message that arrives byte by byte into one piece', async () => {
    const got = await read(inPieces(Buffer.concat([sized(50_000), sized(3)]), 1));
    expect(got.map(({ length }) => length)).toEqual([50_005, 8]);
  });

  it('passes on an incomplete message at the end', async () => {
    const early = sized(100).subarray(0, 60);
    expect(await read(inPieces(early, 7))).toEqual([early]);
  });

  it('passes on only the header of a message that is too long', async () => {
    const long = sized(MESSAGE_BYTES_MAX + 1, Buffer.alloc(1_000));
    expect(await read(inPieces(long, 5))).toEqual([long.subarray(0, 5)]);
  });

  it('signals backpressure to the sender while the reader does not read', () => {
    const stream = new Readable({ read: () => {}, highWaterMark: 100 });
    gatherMessages(stream as ServerHttp2Stream, { caller: 'bank', halfSent: new HalfSent() }, false);
    expect([sized(20), sized(90).subarray(0, 50)].map((piece) => stream.push(piece))).toEqual([true, true]);
    expect(stream.push(Buffer.alloc(45))).toBe(false);
  });
});
