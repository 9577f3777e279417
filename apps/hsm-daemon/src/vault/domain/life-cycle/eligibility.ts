// Who may have codes for an account (S-16 to S-19), decided from facts that the branch and the core
// send. People are compared as sets of distinct national ids.
import type { AccountKind, ActOutcome, PersonKind } from '@ramz/audit-log';

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
