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
import { limitHandshakes } from './connections/limit-handshakes.ts';
import { FrontModule } from './front.module.ts';
import type { FrontOptions } from './front-options.ts';
import { answerDirectly } from './rpc/direct-calls.ts';
import { authContextOf } from './rpc/grpc-on-http2.ts';
import { HalfSent } from './rpc/half-sent.ts';
import { RefusalFilter } from './rpc/refusal.filter.ts';
import { shedding } from './rpc/shed-early.ts';
import { type Gate, http2ServersOf, takeShortWay } from './rpc/short-way.ts';
import { traceCalls } from './rpc/trace-calls.ts';
import { type BeginTrace, CallTrace } from './telemetry/call-trace.ts';
import type { ReadHeader } from './telemetry/call-tracer.ts';
import { VerificationController } from './verification/verification.grpc.ts';
import { VerifyStreamController } from './verification/verify-stream.grpc.ts';

const SERVICE = 'ramz.hsm.v1.VerificationService';

/** What the framework's server is made of: the library's server and the contract, once it has loaded them. */
interface LoadedContract {
  server?: Server;
  service?: ServiceDefinition;
}

function serverOf(options: FrontOptions, beginTrace: BeginTrace | undefined, loaded: LoadedContract): ServerGrpc {
  // Handed to grpc-js as it is: the framework has no word for it.
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
      // A caller whose machine is gone says so to nobody: what it held, a watcher's place too, is free after this.
      'grpc.keepalive_time_ms': 30_000,
      'grpc.keepalive_timeout_ms': 20_000,
      // Nobody can ask for what it counts.
      'grpc.enable_channelz': 0,
      ...intercepting,
    },
    // Calls that were accepted are answered before the process ends.
    gracefulShutdown: true,
    onLoadPackageDefinition: (definition: PackageDefinition, server: Server) => {
      loaded.server = server;
      loaded.service = definition[SERVICE] as ServiceDefinition;
      options.health.addTo(server);
      // A map of the services helps in a laboratory, and an attacker in a bank.
      if (options.realm === 'test') new ReflectionService(definition).addToServer(server);
    },
  });
}

/** What is answered without the framework, and what ends it. */
type ShortWayParts = Pick<VerificationController, 'direct'> &
  Pick<VerifyStreamController, 'streams'> &
  Pick<FrontOptions, 'stopping'> & { readonly gate: Gate };

/** Serves until it is closed. @throws Error with the system's code when the address cannot be had */
export async function startFront(options: FrontOptions): Promise<INestMicroservice> {
  const { link, metrics, tracer, stopping, connections } = options;
  const shed = shedding(link, () => metrics.refused('RESOURCE_EXHAUSTED', 'QUEUE_FULL'));
  const loaded: LoadedContract = {};
  const beginTrace = tracer && ((path: string, header: ReadHeader) => new CallTrace(tracer, path, header));
  const strategy = serverOf(options, beginTrace, loaded);
  const app = await NestFactory.createMicroservice(FrontModule.of(options), {
    strategy,
    logger: false,
    abortOnError: false,
  });
  const filter = app.get(RefusalFilter);
  app.useGlobalFilters(filter);
  const { direct } = app.get(VerificationController, { strict: false });
  const { streams } = app.get(VerifyStreamController, { strict: false });
  answerDirectly(strategy, direct, filter);
  await app.listen();
  for (const server of loaded.server === undefined ? [] : http2ServersOf(loaded.server)) {
    limitHandshakes(server, options.logger, metrics);
    connections.watch(server);
  }
  const admission = app.get(Admission, { strict: false });
  const mayCall: Gate['mayCall'] = (path, session) => {
    const rpc = path.slice(path.lastIndexOf('/') + 1);
    const call = { connection: session, cancelled: false, getAuthContext: () => authContextOf(session) };
    return isRpc(rpc) && admission.mayCall(rpc, call);
  };
  const gate = { shed, connections, beginTrace, halfSent: new HalfSent(), mayCall };
  openShortWay(loaded, { direct, streams, stopping, gate }, filter);
  return app;
}

function openShortWay(
  { server, service }: LoadedContract,
  { direct, streams, stopping, gate }: ShortWayParts,
  filter: RefusalFilter,
): void {
  if (server === undefined || service === undefined) throw new Error('the framework loaded no contract');
  const forms = new Map(Object.values(service).map((method) => [method.path, method]));
  const formOf = (path: string) => {
    const form = forms.get(path);
    if (form === undefined) throw new Error(`the contract has no ${path}`);
    const { requestDeserialize: read, responseSerialize } = form;
    const write = (response: unknown) => responseSerialize(response as object);
    return { read, write, refusal: (error: unknown) => filter.refusal(error) };
  };
  const calls = new Map(Array.from(direct, ([path, answer]) => [path, { answer, ...formOf(path) }]));
  const opened = new Map(Array.from(streams, ([path, open]) => [path, { open, stopping, ...formOf(path) }]));
  takeShortWay(server, { calls, streams: opened }, gate);
}
