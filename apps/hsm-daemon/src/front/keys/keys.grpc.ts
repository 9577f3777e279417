import type { Metadata, ServerUnaryCall } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { WireKeys, WireSelfTests, WireSelfTestsRequest } from '@ramz/proto';
import type { SelfTestCommand, SelfTestReply } from '../../boundary/commands.ts';
import { VaultLink } from '../../boundary/vault-link.ts';
import { Admission } from '../access/admission.ts';
import { askerOf } from '../access/asker-of.ts';
import { HealthBoard } from '../health/health-board.ts';
import { shareWork } from '../rpc/share-work.ts';
import { granted } from '../rpc/vault-fault.ts';
import { readSelfTest, writeKeys, writeSelfTests } from './keys.mapper.ts';

type KeysCall = ServerUnaryCall<unknown, unknown>;

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

  readonly #testsUnderWay = shareWork((command: SelfTestCommand) => this.#test(command));

  async #test(command: SelfTestCommand): Promise<SelfTestReply> {
    const reply = granted<'self-test'>(await this.#link.send(command));
    this.#health.show(granted<'status'>(await this.#link.send({ kind: 'status' })).state);
    return reply;
  }

  @GrpcMethod('KeyService', 'ListKeys')
  async listKeys(_request: object, _metadata: Metadata, call: KeysCall): Promise<WireKeys> {
    const caller = await this.#admission.admit('ListKeys', call);
    return writeKeys(granted<'keys'>(await this.#link.send({ kind: 'keys' }, askerOf(caller, call))));
  }

  @GrpcMethod('KeyService', 'RunSelfTests')
  async runSelfTests(wire: WireSelfTestsRequest, _metadata: Metadata, call: KeysCall): Promise<WireSelfTests> {
    const { name } = await this.#admission.admit('RunSelfTests', call);
    const command = readSelfTest(wire, name);
    // Who asks while the tests run hears of the same run: they are the vault's, and no caller's.
    return writeSelfTests(await (command.force === '' ? this.#testsUnderWay(command) : this.#test(command)));
  }
}
