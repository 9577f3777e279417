import type { CeremonyKind, CeremonyPlan, DaemonState, Person } from '@ramz/custody';
import type { Ceremony, ShareSet } from './ceremony.ts';
import { makesShares } from './kinds.ts';
import { StatementRefused } from './refusal.ts';

/** The daemon states in which each kind may be opened. */
export const OPENS_IN: Readonly<Record<CeremonyKind, readonly DaemonState[]>> = {
  initialise: ['uninitialised'],
  unseal: ['sealed'],
  'rotate-seed-master': ['operational'],
  'rotate-root-key': ['operational'],
  'refresh-shares': ['operational'],
  'replace-custodian': ['operational'],
  'roll-call': ['sealed', 'operational'],
  'enable-auto-unseal': ['operational'],
  restore: ['restoring'],
  destroy: ['sealed', 'operational'],
};

/** Everything known when a ceremony opens. */
export interface Opening {
  readonly id: string;
  readonly plan: CeremonyPlan;
  readonly by: string;
  readonly atMs: number;
  readonly sessionKey: string;
  readonly state: DaemonState;
  /** All persons whose keys are known. */
  readonly persons: readonly Person[];
  readonly former: ShareSet;
}

/** @throws StatementRefused when the plan cannot be held now */
export function openCeremony({ id, plan, by, atMs, sessionKey, state, persons, former }: Opening): Ceremony {
  const opensIn: readonly DaemonState[] = OPENS_IN[plan.kind];
  if (!opensIn.includes(state)) {
    const wanted = opensIn.join(' or ');
    throw new StatementRefused(`a ceremony "${plan.kind}" is for a daemon that is ${wanted}: this one is ${state}`);
  }
  assertPlan(plan, former);
  assertCustodians(plan, persons);
  const known = persons.filter(
    ({ name, role }) => role !== 'custodian' || plan.custodians.includes(name) || former.holders.includes(name),
  );
  return {
    id,
    plan,
    openedBy: by,
    openedAtMs: atMs,
    sessionKey,
    former,
    roster: known,
    joined: [],
    confirmed: [],
    committed: {},
    revealed: [],
    given: [],
    collected: [],
    proved: [],
    ended: undefined,
    note: '',
  };
}

/** One person, one role: no one becomes a custodian under an operator's name. */
function assertCustodians({ custodians }: CeremonyPlan, persons: readonly Person[]): void {
  const other = persons.find(({ name, role }) => role !== 'custodian' && custodians.includes(name));
  if (other !== undefined) throw new StatementRefused(`${other.name} is ${other.role}, and cannot be a custodian too`);
}

function assertPlan(plan: CeremonyPlan, former: ShareSet): void {
  const { kind, scheme, threshold, custodians } = plan;
  if (new Set(custodians).size < custodians.length) throw new StatementRefused('a custodian is named twice');
  if (makesShares(kind)) {
    if (threshold > custodians.length)
      throw new StatementRefused(`${threshold} shares are needed, but only ${custodians.length} made`);
    if (scheme === 'xor' && threshold !== custodians.length) {
      throw new StatementRefused('XOR components are all needed: the threshold is the number of custodians');
    }
  }
  if ((!makesShares(kind) || KEEPS_SPLIT.includes(kind)) && !sameSplit(plan, former)) {
    throw new StatementRefused(
      `the shares in force are ${former.scheme}, ${former.threshold} of ${former.holders.length}: the plan must say so`,
    );
  }
  if (!makesShares(kind)) assertHolders(plan, former);
  if (kind === 'replace-custodian') assertOneReplaced(custodians, former.holders);
  if (kind === 'refresh-shares') assertSameHolders(custodians, former.holders);
}

function assertHolders({ kind, custodians }: CeremonyPlan, former: ShareSet): void {
  const strangers = custodians.filter((name) => !former.holders.includes(name));
  if (strangers.length > 0) throw new StatementRefused(`${strangers.join(', ')} holds no share`);
  if (kind !== 'unseal' && custodians.length < former.threshold) {
    throw new StatementRefused(`at least ${former.threshold} custodians take part`);
  }
}

/** New shares of the same number and kind: only rotate-root-key changes the threshold. */
const KEEPS_SPLIT: readonly CeremonyKind[] = ['refresh-shares', 'replace-custodian'];

function sameSplit({ scheme, threshold }: CeremonyPlan, former: ShareSet): boolean {
  return scheme === former.scheme && threshold === former.threshold;
}

function assertSameHolders(custodians: readonly string[], holders: readonly string[]): void {
  if (custodians.length === holders.length && holders.every((name) => custodians.includes(name))) return;
  throw new StatementRefused(
    'shares are refreshed for those who hold them: for another custodian use "replace-custodian"',
  );
}

function assertOneReplaced(custodians: readonly string[], holders: readonly string[]): void {
  const added = custodians.filter((name) => !holders.includes(name));
  const gone = holders.filter((name) => !custodians.includes(name));
  if (added.length !== 1 || gone.length !== 1) {
    throw new StatementRefused('one custodian leaves and one joins: name all who will hold a share after that');
  }
}
