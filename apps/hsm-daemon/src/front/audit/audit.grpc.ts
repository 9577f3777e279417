import { Controller, Inject, Module } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import type {
  WireCheckpoint,
  WireConsistencyRequest,
  WireEntries,
  WireEntriesRequest,
  WireInclusionRequest,
  WireProof,
} from '@ramz/proto';
import { VaultLink } from '../../boundary/vault-link.ts';
import { Admitted, type AdmittedCall } from '../access/admission.guard.ts';
import { Rpc } from '../access/rpc.decorator.ts';
import { granted } from '../errors/front-errors.ts';
import {
  readConsistency,
  readEntriesRange,
  readInclusion,
  writeCheckpoint,
  writeEntries,
  writeProof,
} from './audit.mapper.ts';

@Controller()
export class AuditController {
  readonly #link: VaultLink;

  constructor(@Inject(VaultLink) link: VaultLink) {
    this.#link = link;
  }

  @Rpc('AuditService', 'GetCheckpoint')
  async getCheckpoint(@Admitted() { asker }: AdmittedCall): Promise<WireCheckpoint> {
    return writeCheckpoint(granted<'checkpoint'>(await this.#link.send({ kind: 'checkpoint' }, asker)));
  }

  @Rpc('AuditService', 'ListEntries')
  async listEntries(@Payload() wire: WireEntriesRequest, @Admitted() { asker }: AdmittedCall): Promise<WireEntries> {
    return writeEntries(granted<'entries'>(await this.#link.send(readEntriesRange(wire), asker)));
  }

  @Rpc('AuditService', 'GetInclusionProof')
  async getInclusionProof(
    @Payload() wire: WireInclusionRequest,
    @Admitted() { asker }: AdmittedCall,
  ): Promise<WireProof> {
    return writeProof(granted<'proof'>(await this.#link.send(readInclusion(wire), asker)));
  }

  @Rpc('AuditService', 'GetConsistencyProof')
  async getConsistencyProof(
    @Payload() wire: WireConsistencyRequest,
    @Admitted() { asker }: AdmittedCall,
  ): Promise<WireProof> {
    return writeProof(granted<'proof'>(await this.#link.send(readConsistency(wire), asker)));
  }
}

@Module({ controllers: [AuditController] })
export class AuditModule {}
