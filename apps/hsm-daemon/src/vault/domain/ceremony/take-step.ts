import type { CeremonyPhase, Person, Statement, StatementOf } from '@ramz/custody';
import { type Ceremony, phaseOf } from './ceremony.ts';
import { makesShares } from './kinds.ts';
import { StatementRefused } from './refusal.ts';

export type StepType = 'join' | 'confirm' | 'commit' | 'reveal' | 'give' | 'collect' | 'prove' | 'finalise' | 'abort';
/** A statement that advances a ceremony. */
export type CeremonyStep = Extract<Statement, { type: StepType }>;

/** The phases that take each step. Any other phase refuses it. */
const TAKEN_IN: Readonly<Record<StepType, readonly (CeremonyPhase | 'finalise')[]>> = {
  join: ['roster'],
  confirm: ['roster'],
  commit: ['commit'],
  reveal: ['reveal'],
  give: ['give'],
  collect: ['prove'],
  prove: ['prove', 'roll-call'],
  finalise: ['finalise', 'roll-call'],
  abort: ['roster', 'commit', 'reveal', 'give', 'prove', 'roll-call', 'finalise'],
};

/**
 * Returns the ceremony after a step. Pure: the only way a ceremony advances. The caller checks the
 * signature before, and what the step carries before it keeps the result.
 * @param rosterDigest of the ceremony as it stands
 * @throws StatementRefused
 */
export function takeStep(ceremony: Ceremony, step: CeremonyStep, rosterDigest: string): Ceremony {
  assertInTime(ceremony, step);
  switch (step.type) {
    case 'join':
      return join(ceremony, step.person);
    case 'confirm':
      return confirm(ceremony, step, rosterDigest);
    case 'commit':
      return {
        ...ceremony,
        committed: { ...ceremony.committed, [once(step, Object.keys(ceremony.committed))]: step.commitment },
      };
    case 'reveal':
      return { ...ceremony, revealed: [...ceremony.revealed, once(step, ceremony.revealed)] };
    case 'give':
      return { ...ceremony, given: [...ceremony.given, once(step, ceremony.given)] };
    case 'collect':
      return { ...ceremony, collected: [...new Set([...ceremony.collected, step.by])] };
    case 'prove':
      return { ...ceremony, proved: [...ceremony.proved, once(step, ceremony.proved)] };
    case 'finalise':
      return { ...ceremony, ended: 'finalised', note: missingAtRollCall(ceremony) };
    case 'abort':
      return { ...ceremony, ended: 'aborted', note: step.reason };
  }
}

function assertInTime(ceremony: Ceremony, step: CeremonyStep): void {
  if (step.ceremony !== ceremony.id) {
    throw new StatementRefused(
      'the statement belongs to another ceremony: look at the one that is open and sign again',
    );
  }
  const phase = phaseOf(ceremony);
  if (phase === 'finalised' || phase === 'aborted')
    throw new StatementRefused(`the ceremony has ended: it was ${phase}`);
  if (!TAKEN_IN[step.type].includes(phase)) {
    throw new StatementRefused(`"${step.type}" is not what is awaited now: the ceremony is at "${phase}"`);
  }
  if (!mayTake(ceremony, step)) throw new StatementRefused(whyNot(ceremony, step));
}

/**
 * Returns whether every custodian must act now, or will get a share: one who cannot continue has
 * stopped such a ceremony already.
 */
function waitsForAll(ceremony: Ceremony): boolean {
  return makesShares(ceremony.plan.kind) || ['roster', 'commit', 'reveal'].includes(phaseOf(ceremony));
}

function whyNot({ openedBy, plan }: Ceremony, { type, by }: CeremonyStep): string {
  if (type !== 'abort') return `${by} has no part in "${type}" of this ceremony`;
  return `${by} may not abort "${plan.kind}": ${openedBy}, who opened it, or an operator may`;
}

/** Returns whether the signer may take this step. */
function mayTake(ceremony: Ceremony, { type, by }: CeremonyStep): boolean {
  const { plan, former, roster, openedBy } = ceremony;
  const is = (role: Person['role']) => roster.some((person) => person.name === by && person.role === role);
  switch (type) {
    case 'join':
      return plan.custodians.includes(by);
    case 'confirm':
    case 'commit':
    case 'reveal':
      return plan.custodians.includes(by) && is('custodian');
    case 'collect':
      return plan.custodians.includes(by);
    case 'give':
      return former.holders.includes(by);
    case 'prove':
      return makesShares(plan.kind) ? plan.custodians.includes(by) : former.holders.includes(by);
    case 'finalise':
      return is('operator');
    case 'abort':
      // Elsewhere one custodian could stop every unsealing.
      return by === openedBy || is('operator') || (waitsForAll(ceremony) && plan.custodians.includes(by));
  }
}

function join(ceremony: Ceremony, person: Person): Ceremony {
  if (person.role !== 'custodian') throw new StatementRefused('only custodians join a ceremony');
  const others = ceremony.roster.filter(({ name }) => name !== person.name);
  const before = ceremony.roster.find(({ name }) => name === person.name);
  if (before !== undefined && before.role !== 'custodian') {
    throw new StatementRefused(`${person.name} is ${before.role}, and cannot be a custodian too`);
  }
  if (ceremony.joined.includes(person.name)) {
    throw new StatementRefused(`${person.name} has joined already: if it was not you, abort, and find out who`);
  }
  // Two shares held by one person would defeat the threshold.
  const taken = others.find((other) => sharesKey(other, person));
  if (taken !== undefined)
    throw new StatementRefused(`${person.name} uses a key of ${taken.name}: each needs keys of their own`);
  // Earlier confirmations were of another roster.
  return { ...ceremony, roster: [...others, person], joined: [...ceremony.joined, person.name], confirmed: [] };
}

function sharesKey(one: Person, other: Person): boolean {
  const keys = [one.signing_key, one.sealing_key];
  return keys.includes(other.signing_key) || keys.includes(other.sealing_key);
}

function confirm(ceremony: Ceremony, step: StatementOf<'confirm'>, rosterDigest: string): Ceremony {
  const absent = ceremony.plan.custodians.filter((name) => !ceremony.roster.some((person) => person.name === name));
  if (absent.length > 0) throw new StatementRefused(`the roster is not complete: ${absent.join(', ')} must join first`);
  if (step.roster !== rosterDigest) {
    throw new StatementRefused(
      `${step.by} confirms another roster than the vault has: keys were changed on the way, or someone joined again. Stop, and compare the fingerprints aloud`,
    );
  }
  return { ...ceremony, confirmed: [...ceremony.confirmed, once(step, ceremony.confirmed)] };
}

function once({ type, by }: CeremonyStep, done: readonly string[]): string {
  if (done.includes(by)) throw new StatementRefused(`${by} did "${type}" already`);
  return by;
}

function missingAtRollCall({ plan, former, proved }: Ceremony): string {
  if (plan.kind !== 'roll-call') return '';
  const missing = former.holders.filter((name) => !proved.includes(name));
  return missing.length === 0 ? 'every share was proved' : `not proved: ${missing.join(', ')}`;
}
