import 'reflect-metadata';
import type { Server } from '@grpc/grpc-js';
import type { PackageDefinition, ServiceDefinition } from '@grpc/proto-loader';
import { ReflectionService } from '@grpc/reflection';
import type { INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ServerGrpc } from '@nestjs/microservices';
import { LOADER_OPTIONS, PROTO_FILES, PROTO_PACKAGE } from '@ramz/proto';
import { CALLS_A_CONNECTION_MAX, MESSAGE_BYTES_MAX } from '../boundary/limits.ts';
import { Admission } from './access/admission.ts';
import { isRpc } from './access/roles.ts';
import { authContextOf } from './connections/connection-of.ts';
import { limitHandshakes } from './connections/limit-handshakes.ts';
import { assertNothingGlobal } from './fast-path/assert-nothing-global.ts';
import { type FastPath, type Gate, http2ServersOf, takeFastPath } from './fast-path/fast-path.ts';
import { HalfSent } from './fast-path/half-sent.ts';
import type { MessageForm } from './fast-path/message-form.ts';
import { shedding } from './fast-path/shed-early.ts';
import { RefusalFilter } from './filters/refusal.filter.ts';
import { FrontModule } from './front.module.ts';
import type { FrontOptions } from './front-options.ts';
import { type BeginTrace, CallTrace } from './telemetry/call-trace.ts';
import type { ReadHeader } from './telemetry/call-tracer.ts';
import { traceCalls } from './telemetry/trace-calls.ts';
import { FastVerification } from './verification/fast-verification.ts';
import { USUAL_FORMS } from './verification/usual-forms.ts';

const SERVICE = 'ramz.hsm.v1.VerificationService';

/** The library's server and the contract, once the framework has loaded them. */
interface LoadedContract {
  server?: Server;
  service?: ServiceDefinition;
}

function serverOf(options: FrontOptions, beginTrace: BeginTrace | undefined, loaded: LoadedContract): ServerGrpc {
  // Passed to grpc-js as it is: the framework has no option for it.
  const intercepting: object = beginTrace === undefined ? {} : { interceptors: [traceCalls(beginTrace)] };
  return new ServerGrpc({
    url: `${options.host}:${options.port}`,
    package: PROTO_PACKAGE,
    protoPath: [...PROTO_FILES],
    loader: { ...LOADER_OPTIONS },
    credentials: options.credentials,
    maxReceiveMessageLength: MESSAGE_BYTES_MAX,
    channelOptions: {
      'grpc.max_concurrent_streams': CALLS_A_CONNECTION_MAX,
      // A crashed machine does not report that it is gone. What its caller held, such as a
      // watcher's slot, is free after this time.
      'grpc.keepalive_time_ms': 30_000,
      'grpc.keepalive_timeout_ms': 20_000,
      // No one can query its counts.
      'grpc.enable_channelz': 0,
      ...intercepting,
    },
    // Calls that were accepted are answered before the process ends.
    gracefulShutdown: true,
    onLoadPackageDefinition: (definition: PackageDefinition, server: Server) => {
      loaded.server = server;
      loaded.service = definition[SERVICE] as ServiceDefinition;
      options.health.addTo(server);
      // A list of the services helps in a laboratory, and helps an attacker in a bank.
      if (options.realm === 'test') new ReflectionService(definition).addToServer(server);
    },
  });
}

/**
 * Serves until it is closed.
 * @throws Error with the system's code when the address is not available
 */
export async function startFront(options: FrontOptions): Promise<Pick<INestMicroservice, 'close'>> {
  const { tracer } = options;
  const loaded: LoadedContract = {};
  const beginTrace = tracer && ((path: string, header: ReadHeader) => new CallTrace(tracer, path, header));
  const strategy = serverOf(options, beginTrace, loaded);
  const front = FrontModule.of(options);
  const app = await NestFactory.createMicroservice(front, { strategy, logger: false, abortOnError: false });
  assertNothingGlobal(app);
  await app.listen();
  const { server, service } = loaded;
  if (server === undefined || service === undefined) throw new Error('the framework loaded no contract');
  for (const http2Server of http2ServersOf(server)) {
    limitHandshakes(http2Server, options.logger, options.metrics);
    options.connections.watch(http2Server);
  }
  takeFastPath(server, fastPathOf(app, service, options.stopping), gateOf(app, options, beginTrace));
  return app;
}

/**
 * Returns the methods of the fast path, with the message forms of the contract that the framework
 * loaded.
 */
function fastPathOf(app: INestMicroservice, service: ServiceDefinition, stopping: AbortSignal): FastPath {
  const filter = app.get(RefusalFilter);
  const fast = app.get(FastVerification, { strict: false });
  const methods = new Map(Object.values(service).map((method) => [method.path, method]));
  const formOf = (path: string): MessageForm => {
    const method = methods.get(path);
    if (method === undefined) throw new Error(`the contract has no ${path}`);
    const { requestDeserialize, responseSerialize } = method;
    const usual = USUAL_FORMS.get(path);
    const read = (message: Buffer): unknown => usual?.read(message) ?? requestDeserialize(message);
    const write = (response: unknown) => usual?.write(response) ?? responseSerialize(response as object);
    return { read, write, refusal: (error: unknown) => filter.refusal(error) };
  };
  return {
    calls: new Map(Array.from(fast.calls, ([path, answer]) => [path, { answer, ...formOf(path) }])),
    streams: new Map(Array.from(fast.streams, ([path, open]) => [path, { open, stopping, ...formOf(path) }])),
  };
}

function gateOf(
  app: INestMicroservice,
  { link, metrics, connections }: FrontOptions,
  beginTrace: BeginTrace | undefined,
): Gate {
  const admission = app.get(Admission, { strict: false });
  const mayCall: Gate['mayCall'] = (path, session) => {
    const rpc = path.slice(path.lastIndexOf('/') + 1);
    const call = { connection: session, cancelled: false, getAuthContext: () => authContextOf(session) };
    return isRpc(rpc) && admission.mayCall(rpc, call);
  };
  const shed = shedding(link, () => metrics.refused('RESOURCE_EXHAUSTED', 'QUEUE_FULL'));
  return { shed, connections, beginTrace, halfSent: new HalfSent(), mayCall };
}
