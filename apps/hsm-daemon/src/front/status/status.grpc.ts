import { Controller, Inject, Module } from '@nestjs/common';
import type { WireStatus } from '@ramz/proto';
import { VaultLink } from '../../boundary/vault-link.ts';
import { Admitted, type AdmittedCall } from '../access/admission.guard.ts';
import { VERSION } from '../access/front-tokens.ts';
import { Rpc } from '../access/rpc.decorator.ts';
import { granted } from '../errors/front-errors.ts';
import { writeStatus } from './status.mapper.ts';

@Controller()
export class StatusController {
  readonly #link: VaultLink;
  readonly #version: string;

  constructor(@Inject(VaultLink) link: VaultLink, @Inject(VERSION) version: string) {
    this.#link = link;
    this.#version = version;
  }

  @Rpc('StatusService', 'GetStatus')
  async getStatus(@Admitted() { asker }: AdmittedCall): Promise<WireStatus> {
    const reply = await this.#link.send({ kind: 'status' }, asker);
    return writeStatus(granted<'status'>(reply), this.#version);
  }
}

@Module({ controllers: [StatusController] })
export class StatusModule {}
