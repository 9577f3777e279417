import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import type { WireAct, WireIssuePermissionRequest, WireWithdrawPermissionRequest } from '@ramz/proto';
import type { IssuePermissionCommand } from '../../boundary/life-cycle-commands.ts';
import { BRANCH_CHARS_MAX } from '../../boundary/limits.ts';
import { VaultLink } from '../../boundary/vault-link.ts';
import { Admitted, type AdmittedCall } from '../access/admission.guard.ts';
import type { Caller } from '../access/caller.ts';
import { Rpc } from '../access/rpc.decorator.ts';
import { AccessRefused, granted } from '../errors/front-errors.ts';
import { readName } from '../fields/read-value.ts';
import { readAsked, writeAct } from './act.mapper.ts';
import { readAccountKind, readPersonKind } from './file.mapper.ts';
import { readAccount, readHolders } from './register.mapper.ts';

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

/** @throws MalformedRequest, AccessRefused */
function readIssue(wire: WireIssuePermissionRequest, caller: Caller): IssuePermissionCommand {
  return {
    kind: 'issue-permission',
    ...readAsked(wire, caller),
    accountReference: readAccount('account_reference', wire.accountReference),
    personKind: readPersonKind(wire.personKind),
    accountKind: readAccountKind(wire.accountKind),
    openingBranch: readName('opening_branch', wire.openingBranch, BRANCH_CHARS_MAX),
    branch: readBranch(wire.branch, caller),
    holders: readHolders('holders', wire.holders),
    present: readHolders('present', wire.present),
  };
}

/**
 * Returns the branch that a caller speaks for: its own, by its certificate, or one that it names
 * with the right to (S-18).
 * @throws AccessRefused, MalformedRequest
 */
function readBranch(asked: string, { branch, anyBranch }: Caller): string {
  if (anyBranch) return readName('branch', asked, BRANCH_CHARS_MAX);
  if (branch === undefined) throw new AccessRefused('the certificate names no branch');
  if (asked !== '' && asked !== branch) throw new AccessRefused(`the certificate is of branch ${branch}`);
  return branch;
}
