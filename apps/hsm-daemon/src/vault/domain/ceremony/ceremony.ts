import type { CeremonyPhase, CeremonyPlan, CeremonyView, Person } from '@ramz/custody';
import { PHASES_OF } from './kinds.ts';

/** The shares in force: their holders, and how many make the root key. */
export interface ShareSet {
  readonly scheme: CeremonyPlan['scheme'];
  readonly threshold: number;
  readonly holders: readonly string[];
}

/** A ceremony so far. It is public: the secrets that go with it are in the room, not here. */
export interface Ceremony {
  readonly id: string;
  readonly plan: CeremonyPlan;
  readonly openedBy: string;
  readonly openedAtMs: number;
  readonly sessionKey: string;
  /** The participants who have shown a key. */
  readonly roster: readonly Person[];
  /** The shares in force when it began; without holders in the first ceremony. */
  readonly former: ShareSet;
  /** Names of those who joined in this ceremony, each once. */
  readonly joined: readonly string[];
  readonly confirmed: readonly string[];
  /** Commitments by name. */
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

/** Returns whether a phase has all it waits for. */
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

/** Returns the phase that is awaited now. */
export function phaseOf(ceremony: Ceremony): CeremonyView['phase'] {
  if (ceremony.ended !== undefined) return ceremony.ended;
  return PHASES_OF[ceremony.plan.kind].find((phase) => !isDone(phase, ceremony)) ?? 'finalise';
}

export function isOpen(ceremony: Ceremony | undefined): ceremony is Ceremony {
  return ceremony !== undefined && ceremony.ended === undefined;
}
