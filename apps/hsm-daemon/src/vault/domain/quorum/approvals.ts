import type { PersonRole, QuorumRule } from '../../../boundary/quorum.ts';
import type { Person, SensitiveCommand } from '../../../boundary/statements.ts';

/** A sensitive command that waits for approval, or may still be repeated. */
export interface Proposal {
  readonly command: SensitiveCommand;
  readonly nonce: string;
  readonly expires_at_ms: number;
  /** The same moment by the clock that nobody can set. */
  readonly until_monotonic_ms: number;
  readonly uses: number;
  readonly used: number;
  readonly proposed_by: string;
  /** Names, each once; and the role and key with which each signed. */
  readonly approved_by: readonly string[];
  readonly signed_as: Readonly<Record<string, string>>;
  /** Log indices of the statements that made it. */
  readonly entries: readonly number[];
}

/** Who somebody is, as far as an approval counts. */
export function signedAs({ role, signing_key }: Person): string {
  return `${role} ${signing_key}`;
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
  const everybody = { signed_as: Object.fromEntries(persons.map((person) => [person.name, signedAs(person)])) };
  return rule.any_of.some((roles) => missingOf(roles, everybody, persons, threshold).length === 0);
}

/** What is missing, in words: "1 custodian, or 1 operator and 1 custodian". Empty when approved. */
export function missingIn(proposal: Proposal, rule: QuorumRule, persons: readonly Person[], threshold: number): string {
  if (isApproved(proposal, rule, persons, threshold)) return '';
  return rule.any_of.map((roles) => missingOf(roles, proposal, persons, threshold).join(' and ')).join(', or ');
}

function missingOf(
  roles: Readonly<Partial<Record<PersonRole, number | 'threshold'>>>,
  { signed_as }: Pick<Proposal, 'signed_as'>,
  persons: readonly Person[],
  threshold: number,
): string[] {
  // By name, role and key: a name that was given to somebody else does not inherit an approval.
  const approvers = persons.filter((person) => signed_as[person.name] === signedAs(person));
  return Object.entries(roles).flatMap(([role, count]) => {
    const needed = count === 'threshold' ? threshold : (count ?? 0);
    const there = approvers.filter((person) => person.role === role).length;
    return there >= needed ? [] : [`${needed - there} more ${role}${needed - there === 1 ? '' : 's'}`];
  });
}
