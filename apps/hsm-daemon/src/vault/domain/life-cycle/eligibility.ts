// Who may have codes for an account (S-16 to S-19), decided from facts that the branch and the core
// send. People are compared as sets of distinct national ids.
import type { AccountKind, ActOutcome, PermissionFacts, PersonKind } from '@ramz/audit-log';

export interface EligibilityFacts {
  readonly personKind: PersonKind;
  readonly accountKind: AccountKind;
  readonly openingBranch: string;
  /** The branch where the request is made. */
  readonly branch: string;
  /** National ids of all who must agree: signatories of a legal person, holders of an account. */
  readonly holders: readonly string[];
  readonly present: readonly string[];
}

/** What a bank's profile decides. */
export interface EligibilityPolicy {
  readonly joint: 'refuse' | 'all-holders';
}

export type Eligibility = Extract<
  ActOutcome,
  'done' | 'joint-account' | 'wrong-branch' | 'no-holders' | 'holders-missing'
>;

/** Returns `done` for an eligible request, otherwise the first rule that it violates. */
export function eligibilityOf(facts: EligibilityFacts, policy: EligibilityPolicy): Eligibility {
  const { personKind, accountKind, openingBranch, branch, holders } = facts;
  const isLegal = personKind === 'legal';
  if (accountKind === 'joint' && policy.joint === 'refuse') return 'joint-account';
  if (isLegal && branch !== openingBranch) return 'wrong-branch';
  if (!isLegal && accountKind === 'single') return 'done';
  if (holders.length === 0) return 'no-holders';
  return missingOf(facts).length === 0 ? 'done' : 'holders-missing';
}

/** Returns the national ids of those who must be present and are not, each once. */
export function missingOf({ holders, present }: Pick<EligibilityFacts, 'holders' | 'present'>): readonly string[] {
  return [...new Set(holders)].filter((one) => !present.includes(one));
}

/** What a code from a branch needs, beside the customer. */
export interface AllocationFacts {
  /** The branch where the customer is. */
  readonly branch: string;
  /** Keyed hash of the people who are present, as permissions have it. */
  readonly holders: string;
}

/**
 * Returns `done` if a permission allows a code here, otherwise why none does. A legal person gets
 * it where its account was opened, all signatories present (S-18, S-19, S-20). A permission that
 * needs no one is no way around one that needs people: the token is for all accounts.
 */
export function mayAllocate(
  permissions: readonly PermissionFacts[],
  { branch, holders }: AllocationFacts,
): Extract<ActOutcome, 'done' | 'no-permission' | 'wrong-branch' | 'holders-missing'> {
  if (permissions.length === 0) return 'no-permission';
  const strict = permissions.filter(needsPeople);
  if (strict.length === 0) return 'done';
  const here = strict.filter((one) => one.personKind === 'natural' || one.branch === branch);
  if (here.length === 0) return 'wrong-branch';
  return here.some((one) => one.holders === holders) ? 'done' : 'holders-missing';
}

function needsPeople({ personKind, accountKind }: PermissionFacts): boolean {
  return personKind === 'legal' || accountKind === 'joint';
}
