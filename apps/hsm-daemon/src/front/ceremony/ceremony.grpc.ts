import { Controller, Inject, Module } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import type {
  WireActRequest,
  WireActResponse,
  WireAnnouncementRequest,
  WireAnnouncementResponse,
  WireMinutes,
  WireMinutesRequest,
} from '@ramz/proto';
import { VaultLink } from '../../boundary/vault-link.ts';
import { Admitted, type AdmittedCall } from '../access/admission.guard.ts';
import { Rpc } from '../access/rpc.decorator.ts';
import { granted } from '../errors/front-errors.ts';
import { HealthBoard } from '../health/health-board.ts';
import { readAct, readCeremony, readNonce, writeAct, writeAnnouncement, writeMinutes } from './ceremony.mapper.ts';

/**
 * Carries statements and announcements. It understands none of them, and cannot change any
 * unnoticed.
 */
@Controller()
export class CeremonyController {
  readonly #link: VaultLink;
  readonly #health: HealthBoard;

  constructor(@Inject(VaultLink) link: VaultLink, @Inject(HealthBoard) health: HealthBoard) {
    this.#link = link;
    this.#health = health;
  }

  @Rpc('CeremonyService', 'GetAnnouncement')
  async getAnnouncement(
    @Payload() wire: WireAnnouncementRequest,
    @Admitted() { asker }: AdmittedCall,
  ): Promise<WireAnnouncementResponse> {
    const command = { kind: 'announce', nonce: readNonce(wire) } as const;
    const reply = granted<'announce'>(await this.#link.send(command, asker));
    return { announcement: writeAnnouncement(reply) };
  }

  @Rpc('CeremonyService', 'Act')
  async act(@Payload() wire: WireActRequest, @Admitted() { caller }: AdmittedCall): Promise<WireActResponse> {
    const reply = granted<'act'>(await this.#link.send(readAct(wire, caller)));
    this.#health.show(granted<'status'>(await this.#link.send({ kind: 'status' })).state);
    return writeAct(reply);
  }

  @Rpc('CeremonyService', 'GetMinutes')
  async getMinutes(@Payload() wire: WireMinutesRequest, @Admitted() { asker }: AdmittedCall): Promise<WireMinutes> {
    const command = { kind: 'minutes', ceremony: readCeremony(wire) } as const;
    return writeMinutes(granted<'minutes'>(await this.#link.send(command, asker)));
  }
}

@Module({ controllers: [CeremonyController] })
export class CeremonyModule {}
