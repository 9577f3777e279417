import type { Person, PersonRole, QuorumRule, SensitiveCommand } from '@ramz/custody';

/** A sensitive command that waits for approval, or may still be repeated. */
export interface Proposal {
  readonly command: SensitiveCommand;
  readonly nonce: string;
  readonly expiresAtMs: number;
  /** The same moment by the clock that nobody can set. */
  readonly untilMonotonicMs: number;
  readonly uses: number;
  readonly used: number;
  readonly proposedBy: string;
  /** Names, each once; and the role and key with which each signed. */
  readonly approvedBy: readonly string[];
  readonly signedAs: Readonly<Record<string, string>>;
  /** Log indices of the statements that made it. */
  readonly entries: readonly number[];
}

/** Who somebody is, as far as an approval counts. */
export function signedAs({ role, signing_key: signingKey }: Person): string {
  return `${role} ${signingKey}`;
}

/** Whether one alternative of the rule is met. The same person twice does not count. */
export function isApproved(
  proposal: Proposal,
  rule: QuorumRule,
  persons: readonly Person[],
  threshold: number,
): boolean {
  return rule.any_of.some((roles) => missingOf(roles, proposal, persons, threshold).length === 0);
}

/** Whether a rule can be met at all when everybody approves. */
export function isReachable(rule: QuorumRule, persons: readonly Person[], threshold: number): boolean {
  const everybody = { signedAs: Object.fromEntries(persons.map((person) => [person.name, signedAs(person)])) };
  return rule.any_of.some((roles) => missingOf(roles, everybody, persons, threshold).length === 0);
}

/** What is missing, in words: "1 custodian, or 1 operator and 1 custodian". Empty when approved. */
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
  // By name, role and key: a name that was given to somebody else does not inherit an approval.
  const approvers = persons.filter((person) => signers[person.name] === signedAs(person));
  return Object.entries(roles).flatMap(([role, count]) => {
    const needed = count === 'threshold' ? threshold : (count ?? 0);
    const there = approvers.filter((person) => person.role === role).length;
    return there >= needed ? [] : [`${needed - there} more ${role}${needed - there === 1 ? '' : 's'}`];
  });
}
