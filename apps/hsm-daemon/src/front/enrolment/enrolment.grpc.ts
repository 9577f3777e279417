import { Controller, Inject, Module } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import type { BankProfile } from '@ramz/bank-profile';
import type { WireEnrolRequest, WireEnrolResponse } from '@ramz/proto';
import { VaultLink } from '../../boundary/vault-link.ts';
import { Admitted, type AdmittedCall } from '../access/admission.guard.ts';
import { BANK_PROFILE } from '../access/front-tokens.ts';
import { Rpc } from '../access/rpc.decorator.ts';
import { granted } from '../errors/front-errors.ts';
import { readEnrol, writeEnrolled } from './enrolment.mapper.ts';

@Controller()
export class EnrolmentController {
  readonly #link: VaultLink;
  readonly #profile: BankProfile;

  constructor(@Inject(VaultLink) link: VaultLink, @Inject(BANK_PROFILE) profile: BankProfile) {
    this.#link = link;
    this.#profile = profile;
  }

  @Rpc('EnrolmentService', 'Enrol')
  async enrol(
    @Payload() request: WireEnrolRequest,
    @Admitted() { caller, asker }: AdmittedCall,
  ): Promise<WireEnrolResponse> {
    const command = readEnrol(request, caller.name, this.#profile);
    return writeEnrolled(granted<'enrol'>(await this.#link.send(command, asker)));
  }
}

@Module({ controllers: [EnrolmentController] })
export class EnrolmentModule {}
