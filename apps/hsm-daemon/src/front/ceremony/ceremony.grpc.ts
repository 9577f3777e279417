import type { Metadata, ServerUnaryCall } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type {
  WireActRequest,
  WireActResponse,
  WireAnnouncementRequest,
  WireAnnouncementResponse,
  WireMinutes,
  WireMinutesRequest,
} from '@ramz/proto';
import { VaultLink } from '../../boundary/vault-link.ts';
import { Admission } from '../access/admission.ts';
import { askerOf } from '../access/asker-of.ts';
import { HealthBoard } from '../health/health-board.ts';
import { granted } from '../rpc/vault-fault.ts';
import { readAct, readCeremony, readNonce, writeAct, writeAnnouncement, writeMinutes } from './ceremony.mapper.ts';

type CeremonyCall = ServerUnaryCall<unknown, unknown>;

/** Carries statements and announcements. It understands none of them, and could change none unnoticed. */
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

  @GrpcMethod('CeremonyService', 'GetAnnouncement')
  async getAnnouncement(
    wire: WireAnnouncementRequest,
    _metadata: Metadata,
    call: CeremonyCall,
  ): Promise<WireAnnouncementResponse> {
    const caller = await this.#admission.admit('GetAnnouncement', call);
    const command = { kind: 'announce', nonce: readNonce(wire) } as const;
    const reply = granted<'announce'>(await this.#link.send(command, askerOf(caller, call)));
    return { announcement: writeAnnouncement(reply) };
  }

  @GrpcMethod('CeremonyService', 'Act')
  async act(wire: WireActRequest, _metadata: Metadata, call: CeremonyCall): Promise<WireActResponse> {
    const caller = await this.#admission.admit('Act', call);
    const reply = granted<'act'>(await this.#link.send(readAct(wire, caller)));
    this.#health.show(granted<'status'>(await this.#link.send({ kind: 'status' })).state);
    return writeAct(reply);
  }

  @GrpcMethod('CeremonyService', 'GetMinutes')
  async getMinutes(wire: WireMinutesRequest, _metadata: Metadata, call: CeremonyCall): Promise<WireMinutes> {
    const caller = await this.#admission.admit('GetMinutes', call);
    const command = { kind: 'minutes', ceremony: readCeremony(wire) } as const;
    return writeMinutes(granted<'minutes'>(await this.#link.send(command, askerOf(caller, call))));
  }
}
