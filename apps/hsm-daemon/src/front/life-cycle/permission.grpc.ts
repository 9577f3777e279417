import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import type { WireAct, WireIssuePermissionRequest, WireWithdrawPermissionRequest } from '@ramz/proto';
import { VaultLink } from '../../boundary/vault-link.ts';
import { Admitted, type AdmittedCall } from '../access/admission.guard.ts';
import { Rpc } from '../access/rpc.decorator.ts';
import { granted } from '../errors/front-errors.ts';
import { readAsked, writeAct } from './act.mapper.ts';
import { readIssue } from './permission.mapper.ts';
import { readAccount } from './register.mapper.ts';

@Controller()
export class PermissionController {
  readonly #link: VaultLink;

  constructor(@Inject(VaultLink) link: VaultLink) {
    this.#link = link;
  }

  @Rpc('PermissionService', 'IssuePermission')
  async issuePermission(
    @Payload() request: WireIssuePermissionRequest,
    @Admitted() { caller, asker }: AdmittedCall,
  ): Promise<{ result: WireAct }> {
    const command = readIssue(request, caller);
    return writeAct(granted<'issue-permission'>(await this.#link.send(command, asker)), caller);
  }

  @Rpc('PermissionService', 'WithdrawPermission')
  async withdrawPermission(
    @Payload() request: WireWithdrawPermissionRequest,
    @Admitted() { caller, asker }: AdmittedCall,
  ): Promise<{ result: WireAct }> {
    const accountReference = readAccount('account_reference', request.accountReference);
    const command = { kind: 'withdraw-permission', ...readAsked(request, caller), accountReference } as const;
    return writeAct(granted<'withdraw-permission'>(await this.#link.send(command, asker)), caller);
  }
}
