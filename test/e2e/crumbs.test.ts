// A message may come in pieces, and not in crumbs: whoever sends a byte a frame would have a hundred times as much kept.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { loadSync, type ServiceDefinition } from '@grpc/proto-loader';
import { LOADER_OPTIONS, PROTO_FILES } from '@ramz/proto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readParty } from '../../apps/hsm-daemon/src/front/access/test-authority.ts';
import { cardNumber } from '../harness/cards.ts';
import { framed, framesIn } from '../harness/grpc-frames.ts';
import { Lab } from '../harness/lab.ts';

const definition = loadSync([...PROTO_FILES], LOADER_OPTIONS);
const methodOf = (service: string, name: string) => {
  const method = (definition[`ramz.hsm.v1.${service}`] as ServiceDefinition)[name];
  if (method === undefined) throw new Error(`the contract has no ${name}`);
  return method;
};
const stream = methodOf('VerificationService', 'VerifyStream');

let lab: Lab;
const sessions: ClientHttp2Session[] = [];
beforeAll(async () => {
  lab = await Lab.start();
});
afterAll(async () => {
  for (const session of sessions) session.destroy();
  await lab[Symbol.asyncDispose]();
});

function call(caller: string, path: string): ClientHttp2Stream {
  const { ca, certificate: cert, key } = readParty(lab.data_dir, caller);
  const session = connect(`https://localhost:${lab.daemon.port}`, { ca, cert, key });
  sessions.push(session);
  const made = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  made.on('error', () => {});
  return made;
}

const closing = (one: ClientHttp2Stream) => new Promise<void>((resolve) => one.once('close', resolve));

/** Until all are sent or nobody wants more. Returns how many were sent. */
async function sendCrumbs(to: ClientHttp2Stream, bytes: Buffer): Promise<number> {
  let sent = 0;
  for (const byte of bytes) {
    if (to.closed || to.destroyed) break;
    to.write(Buffer.from([byte]));
    sent += 1;
    await nextTurn();
  }
  return sent;
}

describe('crumbs', () => {
  const MANY = 20_000;
  const endless = framed(Buffer.alloc(MANY), { length: 200_000 });

  it.each([
    ['enrolment-office', methodOf('EnrolmentService', 'Enrol').path],
    ['operator', methodOf('CeremonyService', 'Act').path],
    ['internet-bank', stream.path],
  ])('%s: a message that never ends, a byte a frame, is broken off', async (caller, path) => {
    const one = call(caller, path);
    const closed = closing(one);
    expect(await sendCrumbs(one, endless)).toBeLessThan(MANY);
    await closed;
    expect(one.rstCode).toBe(constants.NGHTTP2_ENHANCE_YOUR_CALM);
  });

  it('also behind a message that was whole', async () => {
    const watch = methodOf('EventService', 'WatchEvents');
    const one = call('operator', watch.path);
    const closed = closing(one);
    one.write(framed(watch.requestSerialize({ first: '0' })));
    expect(await sendCrumbs(one, endless)).toBeLessThan(MANY);
    await closed;
    expect(one.rstCode).toBe(constants.NGHTTP2_ENHANCE_YOUR_CALM);
  });

  it('a short message may come so', async () => {
    const request = {
      requestId: randomUUID(),
      cardNumber: cardNumber(1),
      purpose: 'PURPOSE_SECOND_PIN',
      code: '12345678',
    };
    const one = call('internet-bank', stream.path);
    await sendCrumbs(one, framed(stream.requestSerialize({ request })));
    const [answer] = (await once(one, 'data')) as [Buffer];
    const [frame] = framesIn(answer);
    expect(stream.responseDeserialize(frame?.subarray(5) ?? Buffer.alloc(0))).toMatchObject({ outcome: 'verdict' });
    one.end();
  });
});
