import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import type { WireAct, WireFileRequest, WireFileResponse, WireVoidTokenRequest } from '@ramz/proto';
import type { PlainActCommand, TokenActCommand } from '../../boundary/life-cycle-commands.ts';
import { SERIAL_CHARS_MAX } from '../../boundary/limits.ts';
import { VaultLink } from '../../boundary/vault-link.ts';
import { Admitted, type AdmittedCall } from '../access/admission.guard.ts';
import { Rpc } from '../access/rpc.decorator.ts';
import { AccessRefused, granted } from '../errors/front-errors.ts';
import { readCardOrCustomer } from '../fields/read-subject.ts';
import { readName } from '../fields/read-value.ts';
import { readAsked, type WireAsked, writeAct } from './act.mapper.ts';
import { writeFile } from './file.mapper.ts';

type Answer = Promise<{ result: WireAct }>;

@Controller()
export class LifeCycleController {
  readonly #link: VaultLink;

  constructor(@Inject(VaultLink) link: VaultLink) {
    this.#link = link;
  }

  @Rpc('LifeCycleService', 'Deactivate')
  deactivate(@Payload() request: WireAsked, @Admitted() admitted: AdmittedCall): Answer {
    return this.#plain('deactivate', request, admitted);
  }

  @Rpc('LifeCycleService', 'BlockSecondPin')
  blockSecondPin(@Payload() request: WireAsked, @Admitted() admitted: AdmittedCall): Answer {
    return this.#plain('block-second-pin', request, admitted);
  }

  @Rpc('LifeCycleService', 'UnblockSecondPin')
  unblockSecondPin(@Payload() request: WireAsked, @Admitted() admitted: AdmittedCall): Answer {
    return this.#plain('unblock-second-pin', request, admitted);
  }

  @Rpc('LifeCycleService', 'VoidToken')
  voidToken(@Payload() request: WireVoidTokenRequest, @Admitted() admitted: AdmittedCall): Answer {
    return this.#ofToken('void-token', request, admitted);
  }

  @Rpc('LifeCycleService', 'ReportLost')
  reportLost(@Payload() request: WireVoidTokenRequest, @Admitted() admitted: AdmittedCall): Answer {
    return this.#ofToken('report-lost', request, admitted);
  }

  @Rpc('LifeCycleService', 'ReportFound')
  reportFound(@Payload() request: WireVoidTokenRequest, @Admitted() admitted: AdmittedCall): Answer {
    return this.#ofToken('report-found', request, admitted);
  }

  @Rpc('LifeCycleService', 'GetFile')
  async getFile(
    @Payload() request: WireFileRequest,
    @Admitted() { caller, asker }: AdmittedCall,
  ): Promise<WireFileResponse> {
    if (caller.channel !== undefined && caller.channel !== 'branch') {
      throw new AccessRefused('only branches and the core may see a file');
    }
    const subjectName = readCardOrCustomer(request);
    const command = { kind: 'file', caller: caller.name, channel: caller.channel ?? '', subjectName } as const;
    return writeFile(granted<'file'>(await this.#link.send(command, asker)));
  }

  async #plain(kind: PlainActCommand['kind'], wire: WireAsked, { caller, asker }: AdmittedCall): Answer {
    const command: PlainActCommand = { kind, ...readAsked(wire, caller) };
    return writeAct(granted<'deactivate'>(await this.#link.send(command, asker)), caller);
  }

  async #ofToken(kind: TokenActCommand['kind'], wire: WireVoidTokenRequest, { caller, asker }: AdmittedCall): Answer {
    const tokenSerial = readName('token_serial', wire.tokenSerial, SERIAL_CHARS_MAX);
    const command: TokenActCommand = { kind, ...readAsked(wire, caller), tokenSerial };
    return writeAct(granted<'void-token'>(await this.#link.send(command, asker)), caller);
  }
}
