import 'reflect-metadata';
import type { Server } from '@grpc/grpc-js';
import type { PackageDefinition } from '@grpc/proto-loader';
import { ReflectionService } from '@grpc/reflection';
import type { INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ServerGrpc } from '@nestjs/microservices';
import { LOADER_OPTIONS, PROTO_FILES, PROTO_PACKAGE } from '@ramz/proto';
import { CALLS_A_CONNECTION_MAX, MESSAGE_BYTES_MAX } from '../boundary/limits.ts';
import { FrontModule } from './front.module.ts';
import type { FrontOptions } from './front-options.ts';
import { answerDirectly } from './rpc/direct-calls.ts';
import { RefusalFilter } from './rpc/refusal.filter.ts';
import { shedEarly } from './rpc/shed-early.ts';
import { traceCalls } from './rpc/trace-calls.ts';
import { VerificationController } from './verification/verification.grpc.ts';

/** Handed to grpc-js as it is: the framework has no word for it. */
function intercepting({ link, metrics, tracer }: FrontOptions): object {
  const shed = shedEarly(link, () => metrics.refused('RESOURCE_EXHAUSTED', 'QUEUE_FULL'));
  return { interceptors: tracer === undefined ? [shed] : [traceCalls(tracer), shed] };
}

function serverOf(options: FrontOptions): ServerGrpc {
  return new ServerGrpc({
    url: `${options.host}:${options.port}`,
    package: PROTO_PACKAGE,
    protoPath: [...PROTO_FILES],
    loader: { ...LOADER_OPTIONS },
    credentials: options.credentials,
    maxReceiveMessageLength: MESSAGE_BYTES_MAX,
    channelOptions: { 'grpc.max_concurrent_streams': CALLS_A_CONNECTION_MAX, ...intercepting(options) },
    // Calls that were accepted are answered before the process ends.
    gracefulShutdown: true,
    onLoadPackageDefinition: (definition: PackageDefinition, server: Server) => {
      options.health.addTo(server);
      // A map of the services helps in a laboratory, and an attacker in a bank.
      if (options.realm === 'test') new ReflectionService(definition).addToServer(server);
    },
  });
}

/** Serves until it is closed. @throws Error with the system's code when the address can not be had */
export async function startFront(options: FrontOptions): Promise<INestMicroservice> {
  const strategy = serverOf(options);
  const app = await NestFactory.createMicroservice(FrontModule.of(options), {
    strategy,
    logger: false,
    abortOnError: false,
  });
  const filter = app.get(RefusalFilter);
  app.useGlobalFilters(filter);
  answerDirectly(strategy, app.get(VerificationController, { strict: false }).direct, filter);
  await app.listen();
  return app;
}
