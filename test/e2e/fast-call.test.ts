// Verify and VerifyBatch are answered on the HTTP/2 stream itself (ADR 0020). Every request there
// gets the same answer as from grpc-js, and a request in an unusual form is left to grpc-js.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { ClientHttp2Session, IncomingHttpHeaders } from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { status } from '@grpc/grpc-js';
import { loadSync, type MethodDefinition, type ServiceDefinition } from '@grpc/proto-loader';
import { RecipientKeys } from '@ramz/custody';
import { LOADER_OPTIONS, PROTO_FILES } from '@ramz/proto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MESSAGE_BYTES_MAX } from '../../apps/hsm-daemon/src/boundary/limits.ts';
import { cardNumber } from '../harness/cards.ts';
import { framed } from '../harness/grpc-frames.ts';
import { connectAs, LONG_WAY, send } from '../harness/http2-call.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';

const service = loadSync([...PROTO_FILES], LOADER_OPTIONS)['ramz.hsm.v1.VerificationService'] as ServiceDefinition;
const verify = service['Verify'] as MethodDefinition<object, object>;
const verifyBatch = service['VerifyBatch'] as MethodDefinition<object, object>;

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

function connection(caller: string): ClientHttp2Session {
  const session = connectAs(lab, caller);
  sessions.push(session);
  return session;
}

const request = (code = '12345678', n = 900) => ({
  requestId: randomUUID(),
  cardNumber: cardNumber(n),
  purpose: 'PURPOSE_SECOND_PIN',
  code,
});
const message = verify.requestSerialize(request());
const batchMessage = (codes: number) =>
  verifyBatch.requestSerialize({ requests: Array.from({ length: codes }, () => request()) });

/** A bytes field that declares a longer length than it has. */
const cutField = (field: number, length: number) =>
  Buffer.concat([Buffer.from([field * 8 + 2, length]), Buffer.from('12345678')]);
const [PURPOSE, CODE] = [3, 4];
const REQUESTS = 1;
const uncoded = verify.requestSerialize({ ...request(), code: '' });
/** A batch whose first code runs into the next request. */
const overlapping = [Buffer.concat([uncoded, cutField(CODE, 60)]), message].flatMap((one) => [
  Buffer.from([REQUESTS * 8 + 2, ...(one.length < 128 ? [one.length] : [(one.length & 127) | 128, one.length >> 7])]),
  one,
]);
/** Violations of the wire format around a valid request. */
const broken: [string, string, Buffer][] = [
  ['a text that is cut short', verify.path, Buffer.concat([uncoded, cutField(CODE, 100)])],
  ['a text that runs into the next request', verifyBatch.path, Buffer.concat(overlapping)],
  ['a field numbered 0', verify.path, Buffer.concat([message, Buffer.from([0, 0])])],
  ['groups that do not end', verify.path, Buffer.concat([message, Buffer.alloc(100_000, 15 * 8 + 3)])],
  ['the end of a group that did not begin', verify.path, Buffer.concat([message, Buffer.from([15 * 8 + 4])])],
  [
    'a number of eleven bytes',
    verify.path,
    Buffer.concat([message, Buffer.from([PURPOSE * 8, ...Array(10).fill(255), 1])]),
  ],
  ['a text with invalid UTF-8', verify.path, Buffer.concat([message, Buffer.from([CODE * 8 + 2, 2, 0xc3, 0x28])])],
];

describe('the fast path', () => {
  it('handles the calls that clients send, and returns their verdicts', async () => {
    const token = await KnownToken.enrol(lab.client('enrolment-office'), cardNumber(1), keys);
    const bank = connection('internet-bank');
    const bytes = framed(verify.requestSerialize(token.request(token.code(), randomUUID())));
    const answer = await send(bank, verify.path, [bytes.subarray(0, 3), bytes.subarray(3, 20), bytes.subarray(20)]);
    expect(answer).toMatchObject({ status: status.OK, http: 200, isLong: false });
    expect(answer.body.subarray(0, 5)).toEqual(framed(answer.body.subarray(5)).subarray(0, 5));
    expect(verify.responseDeserialize(answer.body.subarray(5))).toMatchObject({ verdict: 'VERDICT_ACCEPTED' });
    const again = await send(bank, verify.path, [bytes], LONG_WAY);
    expect(again).toMatchObject({ status: status.OK, isLong: true });
    expect(verify.responseDeserialize(again.body.subarray(5))).toEqual({
      ...verify.responseDeserialize(answer.body.subarray(5)),
      repeated: true,
    });
  });

  const same: [string, string, Buffer[], status][] = [
    ['a refused code', verify.path, [framed(message)], status.OK],
    ['a batch', verifyBatch.path, [framed(batchMessage(1_000))], status.OK],
    ['a batch of too many', verifyBatch.path, [framed(batchMessage(1_001))], status.INVALID_ARGUMENT],
    ['a batch of none', verifyBatch.path, [framed(Buffer.alloc(0))], status.INVALID_ARGUMENT],
    [
      'a field that is wrong',
      verify.path,
      [framed(verify.requestSerialize({ ...request(), code: '\u00e9' }))],
      status.INVALID_ARGUMENT,
    ],
    ['no message', verify.path, [], status.UNIMPLEMENTED],
    ['two messages', verify.path, [framed(message), framed(message)], status.UNIMPLEMENTED],
    ['two messages at once', verify.path, [Buffer.concat([framed(message), framed(message)])], status.UNIMPLEMENTED],
    ['bytes that are no message', verify.path, [framed(Buffer.from([0xff, 0xff, 0xff]))], status.INTERNAL],
    [
      'a message that says it is too long',
      verify.path,
      [framed(Buffer.alloc(10), { length: 2 ** 32 - 1 })],
      status.RESOURCE_EXHAUSTED,
    ],
    [
      'a message that is too long',
      verify.path,
      [framed(Buffer.alloc(MESSAGE_BYTES_MAX + 1))],
      status.RESOURCE_EXHAUSTED,
    ],
  ];
  it.each(same)('gives %s the same answer as grpc-js', async (_, path, parts, expected) => {
    const bank = connection('internet-bank');
    const short = await send(bank, path, parts);
    const long = await send(bank, path, parts, LONG_WAY);
    expect(short.status).toBe(expected);
    expect([short.status, short.http, short.binary]).toEqual([long.status, long.http, long.binary]);
  });

  it.each(broken)('rejects a message with %s as malformed, either way', async (_, path, bytes) => {
    const bank = connection('internet-bank');
    const [short, long] = [await send(bank, path, [framed(bytes)]), await send(bank, path, [framed(bytes)], LONG_WAY)];
    expect([short.status, long.status]).toEqual([status.INTERNAL, status.INTERNAL]);
  });

  // grpc-js reads such a message as an empty or an uncompressed one, but the protocol requires an
  // error.
  it.each([
    ['ends early', framed(message).subarray(0, -1)],
    ['ends inside its length', Buffer.from([0, 0])],
    ['is compressed without naming how', framed(gzipSync(message), { compressed: 1 })],
  ])('rejects a message that %s', async (_, bytes) => {
    expect((await send(connection('internet-bank'), verify.path, [bytes])).status).toBe(status.INTERNAL);
  });

  it('rejects a wrong role with the same bytes as grpc-js', async () => {
    const operator = connection('operator');
    const short = await send(operator, verify.path, [framed(message)]);
    const long = await send(operator, verify.path, [framed(message)], LONG_WAY);
    expect(short).toMatchObject({ status: status.PERMISSION_DENIED, details: long.details, binary: long.binary });
  });

  it.each([
    ['a compressed message', { 'grpc-encoding': 'gzip' }, [framed(gzipSync(message), { compressed: 1 })], status.OK],
    ['an invalid timeout', { 'grpc-timeout': '1x' }, [framed(message)], status.INTERNAL],
    ['another method', { ':path': '/ramz.hsm.v1.VerificationService/Nothing' }, [], status.UNIMPLEMENTED],
  ])('leaves %s to grpc-js', async (_, headers, parts, expected) => {
    const answer = await send(connection('internet-bank'), verify.path, parts, headers);
    expect(answer.status).toBe(expected);
  });

  it('answers a request that is not gRPC with 415', async () => {
    const answer = await send(connection('internet-bank'), verify.path, [], { 'content-type': 'text/plain' });
    expect(answer.http).toBe(415);
  });

  it('returns DEADLINE_EXCEEDED after the deadline, and the verdict can still be fetched by request id', async () => {
    const token = await KnownToken.enrol(lab.client('enrolment-office'), cardNumber(2), keys);
    const bytes = framed(verify.requestSerialize(token.request(token.code(), randomUUID())));
    const bank = connection('internet-bank');
    const late = await send(bank, verify.path, [bytes], { 'grpc-timeout': '1n' });
    expect(late).toMatchObject({ status: status.DEADLINE_EXCEEDED });
    const answer = await send(bank, verify.path, [bytes], { 'grpc-timeout': '99999999H' });
    expect(verify.responseDeserialize(answer.body.subarray(5))).toMatchObject({ verdict: 'VERDICT_ACCEPTED' });
  });

  it('keeps serving when callers reset their calls', async () => {
    const bank = connection('internet-bank');
    for (let i = 0; i < 50; i++) {
      const stream = bank.request({ ':method': 'POST', ':path': verify.path, 'content-type': 'application/grpc' });
      stream.on('error', () => {});
      if (i % 3 === 0) stream.write(framed(message).subarray(0, 9));
      else stream.end(framed(verify.requestSerialize(request())));
      setImmediate(() => stream.close());
    }
    await sleep(50);
    expect((await send(bank, verify.path, [framed(verify.requestSerialize(request()))])).status).toBe(status.OK);
  });

  it('accepts a message that arrives byte by byte', async () => {
    const token = await KnownToken.enrol(lab.client('enrolment-office'), cardNumber(3), keys);
    const bytes = framed(verify.requestSerialize(token.request(token.code(), randomUUID())));
    const oneByOne = Array.from(bytes, (byte) => Buffer.from([byte]));
    const answer = await send(connection('internet-bank'), verify.path, oneByOne);
    expect(verify.responseDeserialize(answer.body.subarray(5))).toMatchObject({ verdict: 'VERDICT_ACCEPTED' });
    const long = await send(connection('internet-bank'), verify.path, oneByOne, LONG_WAY);
    expect(long.isLong).toBe(true);
    expect(verify.responseDeserialize(long.body.subarray(5))).toMatchObject({
      verdict: 'VERDICT_ACCEPTED',
      repeated: true,
    });
  });

  it('closes a rejected call, whether or not its caller ends it', async () => {
    const stream = connection('internet-bank').request({
      ':method': 'POST',
      ':path': verify.path,
      'content-type': 'application/grpc',
    });
    const refused = once(stream, 'response');
    const closed = once(stream, 'close');
    stream.write(framed(Buffer.alloc(10), { length: 2 ** 32 - 1 }));
    const [headers] = (await refused) as [IncomingHttpHeaders];
    expect(headers['grpc-status']).toBe(String(status.RESOURCE_EXHAUSTED));
    stream.resume();
    await closed;
    expect(stream.rstCode).toBe(0);
  });
});
