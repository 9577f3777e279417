import type { Person, PersonRole, QuorumRule, SensitiveCommand } from '@ramz/custody';

/** A sensitive command that waits for approval, or may still be repeated. */
export interface Proposal {
  readonly command: SensitiveCommand;
  readonly nonce: string;
  readonly expiresAtMs: number;
  /** The same moment by the monotonic clock, which cannot be set. */
  readonly untilMonotonicMs: number;
  readonly uses: number;
  readonly used: number;
  readonly proposedBy: string;
  /** Names, each once. `signedAs` has the role and the key with which each signed. */
  readonly approvedBy: readonly string[];
  readonly signedAs: Readonly<Record<string, string>>;
  /** Log indices of the statements that made it. */
  readonly entries: readonly number[];
}

/** Returns the identity that an approval counts for: role and signing key. */
export function signedAs({ role, signing_key: signingKey }: Person): string {
  return `${role} ${signingKey}`;
}

/** Returns whether one alternative of the rule is met. The same person twice does not count. */
export function isApproved(
  proposal: Proposal,
  rule: QuorumRule,
  persons: readonly Person[],
  threshold: number,
): boolean {
  return rule.any_of.some((roles) => missingOf(roles, proposal, persons, threshold).length === 0);
}

/** Returns whether a rule is met when everyone approves. */
export function isReachable(rule: QuorumRule, persons: readonly Person[], threshold: number): boolean {
  const everybody = { signedAs: Object.fromEntries(persons.map((person) => [person.name, signedAs(person)])) };
  return rule.any_of.some((roles) => missingOf(roles, everybody, persons, threshold).length === 0);
}

/**
 * Returns what is missing, in words: "1 more custodian, or 1 more operator and 1 more custodian".
 * Empty when approved.
 */
export function missingIn(proposal: Proposal, rule: QuorumRule, persons: readonly Person[], threshold: number): string {
  if (isApproved(proposal, rule, persons, threshold)) return '';
  return rule.any_of.map((roles) => missingOf(roles, proposal, persons, threshold).join(' and ')).join(', or ');
}

function missingOf(
  roles: Readonly<Partial<Record<PersonRole, number | 'threshold'>>>,
  { signedAs: signers }: Pick<Proposal, 'signedAs'>,
  persons: readonly Person[],
  threshold: number,
): string[] {
  // By name, role and key: a name that was given to another person does not inherit an approval.
  const approvers = persons.filter((person) => signers[person.name] === signedAs(person));
  return Object.entries(roles).flatMap(([role, count]) => {
    const needed = count === 'threshold' ? threshold : (count ?? 0);
    const there = approvers.filter((person) => person.role === role).length;
    return there >= needed ? [] : [`${needed - there} more ${role}${needed - there === 1 ? '' : 's'}`];
  });
}
