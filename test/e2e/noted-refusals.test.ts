// The rejected calls in the log: those of a caller with the wrong rights, limited in a flood, and
// no canceled calls.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type ClientHttp2Session, constants } from 'node:http2';
import { loadSync, type MethodDefinition, type ServiceDefinition } from '@grpc/proto-loader';
import { LOADER_OPTIONS, PROTO_FILES } from '@ramz/proto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOTES_AT_ONCE_MAX } from '../../apps/hsm-daemon/src/boundary/limits.ts';
import { cardNumber } from '../harness/cards.ts';
import { framed } from '../harness/grpc-frames.ts';
import { connectAs, LONG_WAY } from '../harness/http2-call.ts';
import { Lab } from '../harness/lab.ts';

const service = loadSync([...PROTO_FILES], LOADER_OPTIONS)['ramz.hsm.v1.VerificationService'] as ServiceDefinition;
const { requestSerialize } = service['Verify'] as MethodDefinition<object, object>;
const PATH = '/ramz.hsm.v1.VerificationService/';

let lab: Lab;
let session: ClientHttp2Session;
beforeAll(async () => {
  lab = await Lab.start();
  session = connectAs(lab, 'internet-bank');
});
afterAll(async () => {
  session.destroy();
  await lab[Symbol.asyncDispose]();
});

async function events(kind: string): Promise<string[]> {
  const found: string[] = [];
  for await (const event of lab.client('operator').watchEvents(0, true))
    if (event.kind === kind) found.push(event.detail);
  return found;
}

const request = () => ({
  requestId: randomUUID(),
  cardNumber: cardNumber(700),
  purpose: 'PURPOSE_SECOND_PIN',
  code: '12345678',
});

/** Sends a call and cancels it, so that both arrive in one turn of the event loop. */
async function cancelled(path: string, headers: Readonly<Record<string, string>>, message: Buffer): Promise<void> {
  const plain = { 'content-type': 'application/grpc', te: 'trailers' };
  const stream = session.request({ ':method': 'POST', ':path': path, ...plain, ...headers });
  const closed = once(stream, 'close');
  stream.on('error', () => {});
  stream.write(message);
  stream.close(constants.NGHTTP2_CANCEL);
  await closed;
}

describe('the log', () => {
  it.each([
    ['a call', 'Verify', {}],
    ['a call by grpc-js', 'Verify', LONG_WAY],
    ['a stream', 'VerifyStream', {}],
    ['a stream by grpc-js', 'VerifyStream', LONG_WAY],
    ['a call by NestJS', 'Resynchronise', {}],
  ])('does not contain %s that was canceled in the turn it arrived in', async (_, rpc, headers) => {
    const message = framed(requestSerialize(request()));
    await Promise.all(Array.from({ length: 200 }, () => cancelled(PATH + rpc, headers, message)));
    await lab.client('internet-bank').verify({ ...request(), purpose: 'PURPOSE_SECOND_PIN' });
    expect(await events('EVENT_KIND_CALL_REFUSED')).toEqual([]);
  });

  it('contains the first rejections of a caller, and then the number left out', async () => {
    const clerk = lab.client('enrolment-office');
    const calls = Array.from({ length: NOTES_AT_ONCE_MAX * 10 }, () =>
      clerk.verify({ ...request(), purpose: 'PURPOSE_SECOND_PIN' }).catch(({ code }) => code),
    );
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['PERMISSION_DENIED']));
    const noted = (await events('EVENT_KIND_CALL_REFUSED')).length;
    expect(noted).toBeGreaterThanOrEqual(NOTES_AT_ONCE_MAX);
    // Plus one per second that the test took.
    expect(noted).toBeLessThan(NOTES_AT_ONCE_MAX * 2);
    await expect.poll(() => oneMore(clerk), { timeout: 5_000 }).toMatch(/^Verify: role enrolment, \d+ left out$/);
  });

  it('contains an alarm on a terminal with a name of maximum length', async () => {
    const bank = lab.client('internet-bank');
    const terminalId = 'T'.repeat(64);
    for (let i = 0; i < 10; i++) await bank.verify({ ...request(), purpose: 'PURPOSE_SECOND_PIN', terminalId });
    await expect
      .poll(() => events('EVENT_KIND_ALARM'))
      .toEqual([expect.stringContaining(`terminal internet-bank/${terminalId}`)]);
  });
});

async function oneMore(clerk: ReturnType<Lab['client']>): Promise<string | undefined> {
  await clerk.verify({ ...request(), purpose: 'PURPOSE_SECOND_PIN' }).catch(() => {});
  return (await events('EVENT_KIND_CALL_REFUSED')).at(-1);
}
