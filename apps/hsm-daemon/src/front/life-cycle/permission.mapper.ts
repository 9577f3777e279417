import type { WireIssuePermissionRequest } from '@ramz/proto';
import type { IssuePermissionCommand } from '../../boundary/life-cycle-commands.ts';
import { BRANCH_CHARS_MAX } from '../../boundary/limits.ts';
import type { Caller } from '../access/caller.ts';
import { AccessRefused } from '../errors/front-errors.ts';
import { readName } from '../fields/read-value.ts';
import { readAsked } from './act.mapper.ts';
import { readAccountKind, readPersonKind } from './file.mapper.ts';
import { readAccount, readHolders } from './register.mapper.ts';

/** @throws MalformedRequest, AccessRefused */
export function readIssue(wire: WireIssuePermissionRequest, caller: Caller): IssuePermissionCommand {
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
export function readBranch(asked: string, { branch, anyBranch }: Caller): string {
  if (anyBranch) return readName('branch', asked, BRANCH_CHARS_MAX);
  if (branch === undefined) throw new AccessRefused('the certificate names no branch');
  if (asked !== '' && asked !== branch) throw new AccessRefused(`the certificate is of branch ${branch}`);
  return branch;
}
