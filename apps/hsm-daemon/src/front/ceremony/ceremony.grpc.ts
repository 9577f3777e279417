import type { Metadata, ServerUnaryCall } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type {
  WireGiveShareRequest,
  WireGiveShareResponse,
  WireInitialiseRequest,
  WireInitialiseResponse,
  WireSealResponse,
  WireSessionKey,
} from '@ramz/proto';
import { VaultLink } from '../../boundary/vault-link.ts';
import { Admission } from '../access/admission.ts';
import { HealthBoard } from '../health/health-board.ts';
import { granted } from '../rpc/vault-fault.ts';
import { readGiveShare, readInitialise, writeInitialised } from './ceremony.mapper.ts';

type Call = ServerUnaryCall<unknown, unknown>;

@Controller()
export class CeremonyController {
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

  @GrpcMethod('CeremonyService', 'Initialise')
  async initialise(wire: WireInitialiseRequest, _metadata: Metadata, call: Call): Promise<WireInitialiseResponse> {
    const { name } = await this.#admission.admit('Initialise', call);
    const reply = granted<'initialise'>(await this.#link.send(readInitialise(wire, name)));
    this.#health.show('sealed');
    return writeInitialised(reply);
  }

  @GrpcMethod('CeremonyService', 'GetSessionKey')
  async getSessionKey(_request: object, _metadata: Metadata, call: Call): Promise<WireSessionKey> {
    await this.#admission.admit('GetSessionKey', call);
    const { public_key } = granted<'session-key'>(await this.#link.send({ kind: 'session-key' }));
    return { publicKey: Buffer.from(public_key) };
  }

  @GrpcMethod('CeremonyService', 'GiveShare')
  async giveShare(wire: WireGiveShareRequest, _metadata: Metadata, call: Call): Promise<WireGiveShareResponse> {
    const { name } = await this.#admission.admit('GiveShare', call);
    const reply = granted<'give-share'>(await this.#link.send(readGiveShare(wire, name)));
    if (reply.unsealed) this.#health.show('operational');
    return { given: reply.given, threshold: reply.threshold, unsealed: reply.unsealed };
  }

  @GrpcMethod('CeremonyService', 'Seal')
  async seal(_request: object, _metadata: Metadata, call: Call): Promise<WireSealResponse> {
    const { name } = await this.#admission.admit('Seal', call);
    const { log_index } = granted<'seal'>(await this.#link.send({ kind: 'seal', caller: name }));
    this.#health.show('sealed');
    return { logIndex: String(log_index) };
  }
}
