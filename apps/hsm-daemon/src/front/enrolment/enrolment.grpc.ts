import type { Metadata, ServerUnaryCall } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { BankProfile } from '@ramz/bank-profile';
import type { WireEnrolRequest, WireEnrolResponse } from '@ramz/proto';
import { VaultLink } from '../../boundary/vault-link.ts';
import { Admission } from '../access/admission.ts';
import { askerOf } from '../access/asker-of.ts';
import { BANK_PROFILE } from '../front-options.ts';
import { granted } from '../rpc/vault-fault.ts';
import { readEnrol, writeEnrolled } from './enrolment.mapper.ts';

@Controller()
export class EnrolmentController {
  readonly #link: VaultLink;
  readonly #admission: Admission;
  readonly #profile: BankProfile;

  constructor(
    @Inject(VaultLink) link: VaultLink,
    @Inject(Admission) admission: Admission,
    @Inject(BANK_PROFILE) profile: BankProfile,
  ) {
    this.#link = link;
    this.#admission = admission;
    this.#profile = profile;
  }

  @GrpcMethod('EnrolmentService', 'Enrol')
  async enrol(
    request: WireEnrolRequest,
    _metadata: Metadata,
    call: ServerUnaryCall<unknown, unknown>,
  ): Promise<WireEnrolResponse> {
    const caller = await this.#admission.admit('Enrol', call);
    const command = readEnrol(request, caller.name, this.#profile);
    return writeEnrolled(granted<'enrol'>(await this.#link.send(command, askerOf(caller, call))));
  }
}
