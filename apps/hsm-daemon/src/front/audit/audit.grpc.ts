import type { Metadata, ServerUnaryCall } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type {
  WireCheckpoint,
  WireConsistencyRequest,
  WireEntries,
  WireEntriesRequest,
  WireInclusionRequest,
  WireProof,
} from '@ramz/proto';
import { VaultLink } from '../../boundary/vault-link.ts';
import { Admission } from '../access/admission.ts';
import { askerOf } from '../access/asker-of.ts';
import { granted } from '../rpc/vault-fault.ts';
import {
  readConsistency,
  readEntriesRange,
  readInclusion,
  writeCheckpoint,
  writeEntries,
  writeProof,
} from './audit.mapper.ts';

type AuditCall = ServerUnaryCall<unknown, unknown>;

@Controller()
export class AuditController {
  readonly #link: VaultLink;
  readonly #admission: Admission;

  constructor(@Inject(VaultLink) link: VaultLink, @Inject(Admission) admission: Admission) {
    this.#link = link;
    this.#admission = admission;
  }

  @GrpcMethod('AuditService', 'GetCheckpoint')
  async getCheckpoint(_request: object, _metadata: Metadata, call: AuditCall): Promise<WireCheckpoint> {
    const caller = await this.#admission.admit('GetCheckpoint', call);
    return writeCheckpoint(granted<'checkpoint'>(await this.#link.send({ kind: 'checkpoint' }, askerOf(caller, call))));
  }

  @GrpcMethod('AuditService', 'ListEntries')
  async listEntries(wire: WireEntriesRequest, _metadata: Metadata, call: AuditCall): Promise<WireEntries> {
    const caller = await this.#admission.admit('ListEntries', call);
    return writeEntries(granted<'entries'>(await this.#link.send(readEntriesRange(wire), askerOf(caller, call))));
  }

  @GrpcMethod('AuditService', 'GetInclusionProof')
  async getInclusionProof(wire: WireInclusionRequest, _metadata: Metadata, call: AuditCall): Promise<WireProof> {
    const caller = await this.#admission.admit('GetInclusionProof', call);
    return writeProof(granted<'proof'>(await this.#link.send(readInclusion(wire), askerOf(caller, call))));
  }

  @GrpcMethod('AuditService', 'GetConsistencyProof')
  async getConsistencyProof(wire: WireConsistencyRequest, _metadata: Metadata, call: AuditCall): Promise<WireProof> {
    const caller = await this.#admission.admit('GetConsistencyProof', call);
    return writeProof(granted<'proof'>(await this.#link.send(readConsistency(wire), askerOf(caller, call))));
  }
}
