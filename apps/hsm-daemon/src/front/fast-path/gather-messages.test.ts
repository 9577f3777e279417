import type { ServerHttp2Stream } from 'node:http2';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { framed } from '../../../../../test/harness/grpc-frames.ts';
import { MESSAGE_BYTES_MAX } from '../../boundary/limits.ts';
import { gatherMessages } from './gather-messages.ts';
import { HalfSent } from './half-sent.ts';

const sized = (length: number, body: Buffer = Buffer.alloc(length, 7)) => framed(body, { length });

/** What a reader gets of these pieces, as it gets it. */
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

describe('messages of a stream', () => {
  it('come whole and in their order, whatever pieces they are sent in', async () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(lengths, fc.integer({ min: 1, max: 400 }), async (sizes, piece) => {
        const messages = sizes.map((size, i) => sized(size, Buffer.alloc(size, i)));
        const all = Buffer.concat(messages);
        const got = await read(inPieces(all, piece));
        expect(Buffer.concat(got)).toEqual(all);
        // Each begins and ends where messages do.
        const ends = new Set(messages.map((_, i) => Buffer.concat(messages.slice(0, i + 1)).length));
        got.reduce((end, one) => {
          expect(ends).toContain(end + one.length);
          return end + one.length;
        }, 0);
      }),
    );
  });

  it('a byte at a time are one piece each', async () => {
    const got = await read(inPieces(Buffer.concat([sized(50_000), sized(3)]), 1));
    expect(got.map(({ length }) => length)).toEqual([50_005, 8]);
  });

  it('a message that ends early is handed on at the end', async () => {
    const early = sized(100).subarray(0, 60);
    expect(await read(inPieces(early, 7))).toEqual([early]);
  });

  it('one that is too long is handed on by its header alone', async () => {
    const long = sized(MESSAGE_BYTES_MAX + 1, Buffer.alloc(1_000));
    expect(await read(inPieces(long, 5))).toEqual([long.subarray(0, 5)]);
  });

  it('who does not read is told so to whoever sends', () => {
    const stream = new Readable({ read: () => {}, highWaterMark: 100 });
    gatherMessages(stream as ServerHttp2Stream, { caller: 'bank', halfSent: new HalfSent() }, false);
    expect([sized(20), sized(90).subarray(0, 50)].map((piece) => stream.push(piece))).toEqual([true, true]);
    expect(stream.push(Buffer.alloc(45))).toBe(false);
  });
});
