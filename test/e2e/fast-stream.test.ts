// VerifyStream is answered on the HTTP/2 stream itself (ADR 0021). Every request there gets the
// same answer as from grpc-js, and a request in an unusual form is left to grpc-js.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { status } from '@grpc/grpc-js';
import { loadSync, type MethodDefinition, type ServiceDefinition } from '@grpc/proto-loader';
import { RecipientKeys } from '@ramz/custody';
import { LOADER_OPTIONS, PROTO_FILES } from '@ramz/proto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MESSAGE_BYTES_MAX } from '../../apps/hsm-daemon/src/boundary/limits.ts';
import { cardNumber } from '../harness/cards.ts';
import { framed, framesIn } from '../harness/grpc-frames.ts';
import { type Answer, connectAs, LONG_WAY, send } from '../harness/http2-call.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';

const { path, requestSerialize, responseDeserialize } = (
  loadSync([...PROTO_FILES], LOADER_OPTIONS)['ramz.hsm.v1.VerificationService'] as ServiceDefinition
)['VerifyStream'] as MethodDefinition<object, { requestId: string; outcome: string; verdict?: { verdict: string } }>;

let lab: Lab;
let keys: RecipientKeys;
const sessions: ClientHttp2Session[] = [];
beforeAll(async () => {
  lab = await Lab.start();
  keys = await RecipientKeys.make();
});
afterAll(async () => {
  for (const session of sessions) session.destroy();
  await lab[Symbol.asyncDispose]();
});

function connection(caller = 'internet-bank'): ClientHttp2Session {
  const session = connectAs(lab, caller);
  sessions.push(session);
  return session;
}

const request = (id = randomUUID(), code = '12345678') => ({
  requestId: id,
  cardNumber: cardNumber(900),
  purpose: 'PURPOSE_SECOND_PIN',
  code,
});
const item = (of: object = request()): Buffer => framed(requestSerialize({ request: of }));
const read = ({ body }: Pick<Answer, 'body'>) =>
  Array.from(framesIn(body), (frame) => responseDeserialize(frame.subarray(5)));
/** Returns the same answers, marked as repeated. */
const repeated = (answer: Pick<Answer, 'body'>) =>
  read(answer).map((one) => (one.verdict ? { ...one, verdict: { ...one.verdict, repeated: true } } : one));

describe('the fast path of a stream', () => {
  it('handles the streams that clients send, and returns their verdicts', async () => {
    const token = await KnownToken.enrol(lab.client('enrolment-office'), cardNumber(1), keys);
    const [first, second] = [randomUUID(), randomUUID()];
    const code = token.code();
    const parts = [item(token.request(code, first)), item(token.request(code, second))];
    const answer = await send(connection(), path, parts);
    expect(answer).toMatchObject({ status: status.OK, http: 200, isLong: false });
    expect(read(answer).map(({ requestId, verdict }) => [requestId, verdict?.verdict])).toEqual([
      [first, 'VERDICT_ACCEPTED'],
      [second, 'VERDICT_REFUSED'],
    ]);
    // Repeated, either way returns the same verdicts.
    const long = await send(connection(), path, parts, LONG_WAY);
    expect(long).toMatchObject({ status: status.OK, isLong: true });
    expect(read(long)).toEqual(repeated(answer));
  });

  const same: [string, Buffer[], status][] = [
    ['one message', [item()], status.OK],
    ['many in one frame', [Buffer.concat(Array.from({ length: 50 }, () => item()))], status.OK],
    [
      'messages that end in the middle of frames',
      pieces(
        Array.from({ length: 8 }, () => item()),
        100,
      ),
      status.OK,
    ],
    ['a message a byte at a time', pieces([item()], 1), status.OK],
    ['no message', [], status.OK],
    ['a message that is missing something', [framed(Buffer.alloc(0)), item({ ...request(), code: '1' })], status.OK],
    ['bytes that are no message', [framed(Buffer.from([0xff, 0xff, 0xff]))], status.INTERNAL],
    [
      'a message that says it is too long',
      [framed(Buffer.alloc(10), { length: 2 ** 32 - 1 })],
      status.RESOURCE_EXHAUSTED,
    ],
    ['a message that is too long', [framed(Buffer.alloc(MESSAGE_BYTES_MAX + 1))], status.RESOURCE_EXHAUSTED],
    [
      'a message that is too long behind a good one',
      [item(), framed(Buffer.alloc(MESSAGE_BYTES_MAX + 1))],
      status.RESOURCE_EXHAUSTED,
    ],
  ];
  it.each(same)('gives %s the same answer as grpc-js', async (_, parts, expected) => {
    const short = await send(connection(), path, parts);
    const long = await send(connection(), path, parts, LONG_WAY);
    expect(short).toMatchObject({ status: expected, isLong: false });
    expect([short.status, short.http]).toEqual([long.status, long.http]);
    // Repeated, each request of a successful stream gets the same answer.
    if (expected === status.OK) expect(read(long)).toEqual(repeated(short));
  });

  it.each([
    ['ends early', item().subarray(0, -1)],
    ['ends inside its length', Buffer.from([0, 0])],
    ['is compressed without naming how', framed(gzipSync(requestSerialize({ request: request() })), { compressed: 1 })],
  ])('rejects a message that %s', async (_, bytes) => {
    expect((await send(connection(), path, [bytes])).status).toBe(status.INTERNAL);
  });

  it('rejects a wrong role with the same bytes as grpc-js', async () => {
    const short = await send(connection('operator'), path, [item()]);
    const long = await send(connection('operator'), path, [item()], LONG_WAY);
    expect(short).toMatchObject({ status: status.PERMISSION_DENIED, details: long.details, binary: long.binary });
  });

  it.each([
    ['a compressed message', { 'grpc-encoding': 'gzip' }],
    ['a deadline', { 'grpc-timeout': '60S' }],
  ])('leaves a stream with %s to grpc-js', async (_, headers) => {
    expect(await send(connection(), path, [item()], headers)).toMatchObject({ status: status.OK, isLong: true });
  });

  it('keeps the verdicts of requests sent before a stream failed', async () => {
    const token = await KnownToken.enrol(lab.client('enrolment-office'), cardNumber(2), keys);
    const [first, other] = [randomUUID(), randomUUID()];
    const code = token.code();
    const stream = connection().request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc' });
    const closed = once(stream, 'close');
    stream.write(item(token.request(code, first)));
    await once(stream, 'data');
    stream.resume().write(framed(Buffer.from([0xff])));
    await closed;
    const bank = lab.client('internet-bank');
    expect((await bank.verify(token.request(code, other))).verdict).toBe('VERDICT_REFUSED');
    expect((await bank.verify(token.request(code, first))).verdict).toBe('VERDICT_ACCEPTED');
  });

  it('answers the requests before the one that ends the stream', async () => {
    const held = await Lab.start();
    const session = connectAs(held, 'internet-bank');
    try {
      await held.people().approved({ name: 'seal' }, []);
      const answer = await send(session, path, [Buffer.concat([item({ ...request(), code: '1' }), item(), item()])]);
      expect(answer.status).toBe(status.FAILED_PRECONDITION);
      expect(read(answer).map(({ outcome }) => outcome)).toEqual(['refusal']);
    } finally {
      session.destroy();
      await held[Symbol.asyncDispose]();
    }
  });

  it('answers streams beyond the limits of requests and bytes in flight', async () => {
    const asked = 4_000;
    const long = { ...request(), requestId: 'x'.repeat(100_000) };
    const tiny = await send(connection(), path, [
      Buffer.concat(Array.from({ length: asked }, () => framed(Buffer.alloc(0)))),
    ]);
    expect(tiny.status).toBe(status.OK);
    expect(read(tiny)).toHaveLength(asked);
    const large = await send(
      connection(),
      path,
      Array.from({ length: 40 }, () => item(long)),
    );
    expect(large.status).toBe(status.OK);
    // An overlong request id is not returned whole.
    expect(read(large).map(({ requestId, outcome }) => [requestId.length, outcome])).toEqual(
      Array.from({ length: 40 }, () => [64, 'refusal']),
    );
  });

  it('closes a failed stream, whether or not its caller ends it', async () => {
    const stream = connection().request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc' });
    const trailers = once(stream, 'trailers');
    const closed = once(stream, 'close');
    stream.write(item());
    await once(stream, 'data');
    stream.write(framed(Buffer.alloc(10), { length: 2 ** 32 - 1 }));
    const [headers] = (await trailers) as [IncomingHttpHeaders];
    expect(headers['grpc-status']).toBe(String(status.RESOURCE_EXHAUSTED));
    await closed;
    expect(stream.rstCode).toBe(0);
  });

  it('keeps serving when callers reset their streams at any moment', async () => {
    const bank = connection();
    for (let i = 0; i < 60; i++) {
      const stream = bank.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc' });
      stream.on('error', () => {});
      stream.write(i % 3 === 0 ? item().subarray(0, 9) : item());
      if (i % 4 === 0) stream.end();
      if (i % 2 === 0) setImmediate(() => stream.close());
      else setTimeout(() => stream.close(), i);
    }
    await sleep(100);
    expect((await send(bank, path, [item()])).status).toBe(status.OK);
  });

  it.each([
    ['nothing', () => {}],
    ['half a message', (stream: ClientHttp2Stream) => void stream.write(item().subarray(0, 9))],
    ['a message', (stream: ClientHttp2Stream) => void stream.write(item())],
    ['a message and an end', (stream: ClientHttp2Stream) => void stream.end(item())],
  ])('keeps serving when a connection breaks after %s was sent', async (_, write) => {
    for (const pauseMs of [0, 1, 5, 50]) {
      const session = connection();
      session.on('error', () => {});
      const stream = session.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc' });
      stream.on('error', () => {});
      write(stream);
      await sleep(pauseMs);
      session.destroy();
    }
    await sleep(50);
    expect((await send(connection(), path, [item()])).status).toBe(status.OK);
    expect(readFileSync(join(lab.dataDir, 'daemon.log'), 'utf8')).not.toContain('unforeseen');
  });
});

/** Splits the bytes of messages into pieces of one size. */
function pieces(messages: readonly Buffer[], size: number): Buffer[] {
  const all = Buffer.concat(messages);
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.subarray(i * size, (i + 1) * size));
}
