import type { CeremonyPhase, CeremonyPlan, CeremonyView, Person } from '@ramz/custody';
import { PHASES_OF } from './kinds.ts';

/** Shares as they are in force: who has one, and how many make the root key. */
export interface ShareSet {
  readonly scheme: CeremonyPlan['scheme'];
  readonly threshold: number;
  readonly holders: readonly string[];
}

/** A ceremony so far. Public: the secrets that go with it are in the room, not here. */
export interface Ceremony {
  readonly id: string;
  readonly plan: CeremonyPlan;
  readonly openedBy: string;
  readonly openedAtMs: number;
  readonly sessionKey: string;
  /** Whoever takes part and has shown a key. */
  readonly roster: readonly Person[];
  /** The shares in force when it began; of nobody in the first ceremony. */
  readonly former: ShareSet;
  /** Who has joined in this ceremony: nobody does twice. */
  readonly joined: readonly string[];
  readonly confirmed: readonly string[];
  /** Name to commitment. */
  readonly committed: Readonly<Record<string, string>>;
  readonly revealed: readonly string[];
  readonly given: readonly string[];
  readonly collected: readonly string[];
  readonly proved: readonly string[];
  readonly ended: 'finalised' | 'aborted' | undefined;
  readonly note: string;
}

const everyoneOf = (names: readonly string[], wanted: readonly string[]) =>
  wanted.every((name) => names.includes(name));

/** Whether a phase has all it waits for. */
function isDone(phase: CeremonyPhase, ceremony: Ceremony): boolean {
  const { plan, former } = ceremony;
  switch (phase) {
    case 'roster':
      return everyoneOf(ceremony.confirmed, plan.custodians);
    case 'commit':
      return everyoneOf(Object.keys(ceremony.committed), plan.custodians);
    case 'reveal':
      return everyoneOf(ceremony.revealed, plan.custodians);
    case 'give':
      return ceremony.given.length >= former.threshold;
    case 'prove':
      return everyoneOf(ceremony.proved, plan.custodians);
    case 'roll-call':
      return everyoneOf(ceremony.proved, former.holders);
  }
}

/** What is awaited now. */
export function phaseOf(ceremony: Ceremony): CeremonyView['phase'] {
  if (ceremony.ended !== undefined) return ceremony.ended;
  return PHASES_OF[ceremony.plan.kind].find((phase) => !isDone(phase, ceremony)) ?? 'finalise';
}

export function isOpen(ceremony: Ceremony | undefined): ceremony is Ceremony {
  return ceremony !== undefined && ceremony.ended === undefined;
}
