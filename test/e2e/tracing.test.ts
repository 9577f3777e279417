// A trace collector gets a span for each call and its path through the vault, under the caller's
// own trace, without a card number, code or name.
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InterceptingCall } from '@grpc/grpc-js';
import { loadSync, type MethodDefinition, type ServiceDefinition } from '@grpc/proto-loader';
import { RamzClient } from '@ramz/client';
import { RecipientKeys } from '@ramz/custody';
import { LOADER_OPTIONS, PROTO_FILES } from '@ramz/proto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MOBILE, requestAtAtm, TextsSeen } from '../harness/activation-lab.ts';
import { expectWithin } from '../harness/busy-machine.ts';
import { cardNumber } from '../harness/cards.ts';
import { framed } from '../harness/grpc-frames.ts';
import { connectAs, LONG_WAY, send } from '../harness/http2-call.ts';
import { KnownToken } from '../harness/known-token.ts';
import { Lab } from '../harness/lab.ts';

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
}

const service = loadSync([...PROTO_FILES], LOADER_OPTIONS)['ramz.hsm.v1.VerificationService'] as ServiceDefinition;
const { requestSerialize } = service['Verify'] as MethodDefinition<object, object>;
const CALLERS_TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLERS_SPAN = 'b7ad6b7169203331';

describe('tracing', () => {
  const bodies: string[] = [];
  let collector: Server;
  let refuses = false;
  let traceUrl = '';
  let lab: Lab;
  let token: KnownToken;

  beforeAll(async () => {
    collector = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        bodies.push(body);
        response.writeHead(refuses ? 400 : 200).end('{}');
      });
    });
    await new Promise<void>((up) => collector.listen(0, '127.0.0.1', up));
    const { port } = collector.address() as AddressInfo;
    traceUrl = `http://127.0.0.1:${port}/v1/traces`;
    lab = await Lab.start('real', 'sealed');
    await lab.stopDaemon();
    await lab.startDaemon('real', ['--trace-url', traceUrl]);
    await lab.unseal();
    token = await KnownToken.enrol(lab.client('enrolment-office'), cardNumber(1), await RecipientKeys.make());
  });
  afterAll(async () => {
    await lab[Symbol.asyncDispose]();
    collector.closeAllConnections();
    await new Promise((down) => collector.close(down));
  });

  const spans = (from = 0) =>
    bodies
      .slice(from)
      .flatMap((body) =>
        (JSON.parse(body).resourceSpans as any[]).flatMap(({ scopeSpans }) =>
          (scopeSpans as any[]).flatMap((scope) => scope.spans as Span[]),
        ),
      );
  const called = (method: string, from = 0) => spans(from).filter(({ name }) => name.endsWith(`/${method}`));
  const valueOf = (span: Span | undefined, key: string) =>
    Object.values(span?.attributes.find((one) => one.key === key)?.value ?? {})[0];

  it('D-25: carries no mobile number, national id, reference or code of an activation', async () => {
    const texts = await TextsSeen.follow(lab);
    const from = bodies.length;
    const { code } = await requestAtAtm(lab, cardNumber(7));
    const customer = { requestId: randomUUID(), customerNumber: '700123', mobileNumber: MOBILE, reference: 'REF-7' };
    const accounts = [{ accountReference: 'ACC-7', holders: ['0012345679'] }];
    await lab.client('core').register.putSubject({ ...customer, accounts });
    await vi.waitFor(
      () => expect([called('PutSubject', from).length, called('RequestActivation', from).length]).toEqual([2, 1]),
      10_000,
    );
    const sent = bodies.slice(from).join('');
    const secrets = [MOBILE, '9121234567', 'REF-7', 'ACC-7', '0012345679', '700123', cardNumber(7)];
    for (const secret of [...secrets, texts.code, code?.digits ?? '-']) expect(sent).not.toContain(secret);
    expect(texts.code).toMatch(/^\d{8}$/);
  });

  it('sends a span per call with the vault inside it, and the same hash for the same card', async () => {
    const bank = lab.client('internet-bank');
    const code = token.code();
    await bank.verify(token.request(code, randomUUID()));
    await bank.verify(token.request(code, randomUUID()));
    await bank.verifyBatch([1, 2].map(() => token.request(token.wrongCode(), randomUUID())));
    await expect(bank.verify(token.request('1', randomUUID()))).rejects.toThrow('must be 8 digits');
    await vi.waitFor(() => expect([called('Verify').length, called('VerifyBatch').length]).toEqual([3, 1]), 10_000);
    const [first, second, malformed] = called('Verify');
    expect([first, second, malformed].map((span) => Number(valueOf(span, 'rpc.grpc.status_code')))).toEqual([0, 0, 3]);
    expect(valueOf(first, 'ramz.subject')).toMatch(/^[0-9a-f]{32}$/);
    expect(valueOf(second, 'ramz.subject')).toBe(valueOf(first, 'ramz.subject'));
    expect(Number(valueOf(called('VerifyBatch')[0], 'ramz.requests'))).toBe(2);
    const inside = spans().filter(
      ({ name, parentSpanId }) => name === 'vault verify' && parentSpanId === first?.spanId,
    );
    expect(inside.map(({ traceId }) => traceId)).toEqual([first?.traceId]);
  });

  it('sends a span for calls by the fast path, by NestJS and on a stream, and for a canceled call', async () => {
    const session = connectAs(lab, 'internet-bank');
    const [path, streamPath] = ['Verify', 'VerifyStream'].map((rpc) => `/ramz.hsm.v1.VerificationService/${rpc}`) as [
      string,
      string,
    ];
    const before = bodies.length;
    const since = (method: string) => called(method, before);
    const message = framed(requestSerialize(token.request(token.wrongCode(), randomUUID())));
    const ways = [await send(session, path, [message]), await send(session, path, [message], LONG_WAY)];
    expect(ways.map(({ isLong }) => isLong)).toEqual([false, true]);
    expect((await send(session, streamPath, [])).isLong).toBe(false);
    await vi.waitFor(() => expect([since('Verify').length, since('VerifyStream').length]).toEqual([2, 1]), 10_000);
    const codes = (method: string) => since(method).map((span) => Number(valueOf(span, 'rpc.grpc.status_code')));
    expect([codes('Verify'), codes('VerifyStream')]).toEqual([[0, 0], [0]]);
    const gone = session.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc' });
    gone.on('error', () => {});
    gone.write(message.subarray(0, 2));
    setTimeout(() => session.destroy(), 50);
    await vi.waitFor(() => expect(codes('Verify')).toEqual([0, 0, 1]), 10_000);
  });

  it("continues a caller's own trace", async () => {
    const traced = (_options: unknown, next: any) =>
      new InterceptingCall(next(_options), {
        start(headers, listener, begin) {
          headers.set('traceparent', `00-${CALLERS_TRACE}-${CALLERS_SPAN}-01`);
          begin(headers, listener);
        },
      });
    const client = new RamzClient({ ...lab.daemon, caller: 'auditor' }, { interceptors: [traced] } as object);
    await client.status().finally(() => client.close());
    await vi.waitFor(() => expect(called('GetStatus').some((one) => one.traceId === CALLERS_TRACE)).toBe(true), 10_000);
    const span = called('GetStatus').find(({ traceId }) => traceId === CALLERS_TRACE);
    expect(span?.parentSpanId).toBe(CALLERS_SPAN);
  });

  it('sends no card number, code or caller', () => {
    const sent = bodies.join('\n');
    for (const secret of [cardNumber(1), token.code(), 'internet-bank']) expect(sent).not.toContain(secret);
  });

  it('stops in order although the collector rejects spans', async () => {
    refuses = true;
    await lab.client('auditor').status();
    expect(await lab.stopDaemon()).toBe(0);
    refuses = false;
    await lab.startDaemon('real', ['--trace-url', traceUrl]);
  });

  it('stops although the collector is gone', async (context) => {
    collector.closeAllConnections();
    await new Promise((down) => collector.close(down));
    await lab.client('auditor').status();
    const beganMs = Date.now();
    expect(await lab.stopDaemon()).toBe(0);
    expectWithin(context, Date.now() - beganMs, 15_000, 'a stop without a collector');
  });
});
