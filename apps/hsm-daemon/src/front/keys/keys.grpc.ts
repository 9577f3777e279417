import { Controller, Inject, Module } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import type { WireKeys, WireSelfTests, WireSelfTestsRequest } from '@ramz/proto';
import type { SelfTestCommand, SelfTestReply } from '../../boundary/commands.ts';
import { VaultLink } from '../../boundary/vault-link.ts';
import { Admitted, type AdmittedCall } from '../access/admission.guard.ts';
import { Rpc } from '../access/rpc.decorator.ts';
import { granted } from '../errors/front-errors.ts';
import { HealthBoard } from '../health/health-board.ts';
import { shareWork } from '../telemetry/share-work.ts';
import { readSelfTest, writeKeys, writeSelfTests } from './keys.mapper.ts';

@Controller()
export class KeysController {
  readonly #link: VaultLink;
  readonly #health: HealthBoard;

  constructor(@Inject(VaultLink) link: VaultLink, @Inject(HealthBoard) health: HealthBoard) {
    this.#link = link;
    this.#health = health;
  }

  readonly #testsUnderWay = shareWork((command: SelfTestCommand) => this.#test(command));

  async #test(command: SelfTestCommand): Promise<SelfTestReply> {
    const reply = granted<'self-test'>(await this.#link.send(command));
    this.#health.show(granted<'status'>(await this.#link.send({ kind: 'status' })).state);
    return reply;
  }

  @Rpc('KeyService', 'ListKeys')
  async listKeys(@Admitted() { asker }: AdmittedCall): Promise<WireKeys> {
    return writeKeys(granted<'keys'>(await this.#link.send({ kind: 'keys' }, asker)));
  }

  @Rpc('KeyService', 'RunSelfTests')
  async runSelfTests(
    @Payload() wire: WireSelfTestsRequest,
    @Admitted() { caller }: AdmittedCall,
  ): Promise<WireSelfTests> {
    const command = readSelfTest(wire, caller.name);
    // A caller that asks while the tests run gets the result of that run: it belongs to the vault,
    // not to a caller.
    return writeSelfTests(await (command.force === '' ? this.#testsUnderWay(command) : this.#test(command)));
  }
}

@Module({ controllers: [KeysController] })
export class KeysModule {}
