import type { Metadata, ServerUnaryCall } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { WireKeys, WireSelfTests, WireSelfTestsRequest } from '@ramz/proto';
import { VaultLink } from '../../boundary/vault-link.ts';
import { Admission } from '../access/admission.ts';
import { HealthBoard } from '../health/health-board.ts';
import { granted } from '../rpc/vault-fault.ts';
import { readSelfTest, writeKeys, writeSelfTests } from './keys.mapper.ts';

type Call = ServerUnaryCall<unknown, unknown>;

@Controller()
export class KeysController {
  readonly #link: VaultLink;
  readonly #admission: Admission;
  readonly #health: HealthBoard;

  constructor(
    @Inject(VaultLink) link: VaultLink,
    @Inject(Admission) admission: Admission,
    @Inject(HealthBoard) health: HealthBoard,
  ) {
    this.#link = link;
    this.#admission = admission;
    this.#health = health;
  }

  @GrpcMethod('KeyService', 'ListKeys')
  async listKeys(_request: object, _metadata: Metadata, call: Call): Promise<WireKeys> {
    await this.#admission.admit('ListKeys', call);
    return writeKeys(granted<'keys'>(await this.#link.send({ kind: 'keys' })));
  }

  @GrpcMethod('KeyService', 'RunSelfTests')
  async runSelfTests(wire: WireSelfTestsRequest, _metadata: Metadata, call: Call): Promise<WireSelfTests> {
    const { name } = await this.#admission.admit('RunSelfTests', call);
    const reply = granted<'self-test'>(await this.#link.send(readSelfTest(wire, name)));
    this.#health.show(granted<'status'>(await this.#link.send({ kind: 'status' })).state);
    return writeSelfTests(reply);
  }
}
