import type { Metadata, ServerUnaryCall } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { WireStatus } from '@ramz/proto';
import { VaultLink } from '../../boundary/vault-link.ts';
import { Admission } from '../access/admission.ts';
import { askerOf } from '../access/asker-of.ts';
import { VERSION } from '../front-options.ts';
import { granted } from '../rpc/vault-fault.ts';
import { writeStatus } from './status.mapper.ts';

@Controller()
export class StatusController {
  readonly #link: VaultLink;
  readonly #admission: Admission;
  readonly #version: string;

  constructor(
    @Inject(VaultLink) link: VaultLink,
    @Inject(Admission) admission: Admission,
    @Inject(VERSION) version: string,
  ) {
    this.#link = link;
    this.#admission = admission;
    this.#version = version;
  }

  @GrpcMethod('StatusService', 'GetStatus')
  async getStatus(_request: object, _metadata: Metadata, call: ServerUnaryCall<unknown, unknown>): Promise<WireStatus> {
    const caller = await this.#admission.admit('GetStatus', call);
    const reply = await this.#link.send({ kind: 'status' }, askerOf(caller, call));
    return writeStatus(granted<'status'>(reply), this.#version);
  }
}
