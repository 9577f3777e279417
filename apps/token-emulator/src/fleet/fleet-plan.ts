import type { Climate } from '../physics/climate.ts';
import { HOURS_A_YEAR } from '../physics/source.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';
import type { SourcedNumber } from '../profile/sourced-numbers.ts';
import type { InstantMs } from '../time/instant.ts';

/** A fleet of customers with tokens over years, after its file was checked. */
export interface FleetPlan {
  readonly name: string;
  readonly says: string;
  readonly seed: number;
  /** On a whole hour. */
  readonly start: InstantMs;
  readonly years: number;
  readonly lots: readonly Lot[];
  readonly places: readonly Habitat[];
  readonly usages: readonly Usage[];
  readonly fates: Fates;
  readonly policies: readonly Policy[];
  readonly costs: Costs;
}

/** Tokens of one kind that were bought together. */
export interface Lot {
  readonly name: string;
  readonly customers: number;
  readonly profile: DeviceProfile;
  /** The profile's numbers with their sources, for the sensitivity of the results. */
  readonly numbers: readonly SourcedNumber[];
  /** They are issued evenly over so many months from the start. */
  readonly issuedOverMonths: number;
}

/** Where tokens are kept, and which share of them. */
export interface Habitat {
  readonly name: string;
  readonly share: number;
  readonly climate: Climate;
}

export interface Usage {
  readonly share: number;
  readonly loginEveryDays: number;
  readonly pressesPerLogin: number;
  /** Mean time from the press to the code's arrival at the server. */
  readonly typingSeconds: number;
  /** Refused codes that a customer types before asking for help. */
  readonly triesBeforeHelp: number;
}

/** What people and the world do to tokens. */
export interface Fates {
  readonly lostPctPerYear: number;
  readonly stolenPctPerYear: number;
  readonly damagedPctPerYear: number;
  readonly dropsPerYear: number;
  readonly dropHeightMeters: number;
  readonly washesPerYear: number;
  /** Whether a customer whose token has ended gets another one. */
  readonly isReplaced: boolean;
}

export const LEARNS = ['each-login', 'resynchronisation', 'never'] as const;

/** How a server meets drift. Steps are of `stepSeconds`. */
export interface Policy {
  readonly name: string;
  readonly stepSeconds: number;
  readonly pastSteps: number;
  readonly futureSteps: number;
  /** The window of a token's first log-in, each way. */
  readonly firstLoginSteps: number;
  /** When the server takes a token's deviation as its own. */
  readonly learns: (typeof LEARNS)[number];
  /** The largest deviation that a log-in may teach it. */
  readonly driftMaxSteps: number;
  /** By two codes, without a person. */
  readonly resyncSteps: number;
  /** By two codes, at a branch or on the telephone. */
  readonly helpSteps: number;
  readonly triesMax: number;
}

export interface Costs {
  readonly currency: string;
  readonly token: number;
  readonly issue: number;
  readonly call: number;
  readonly cell: number;
}

/** Customers of all lots together. */
export function customersOf({ lots }: Pick<FleetPlan, 'lots'>): number {
  return lots.reduce((sum, { customers }) => sum + customers, 0);
}

/** Hours of a plan, the last one begun. */
export function hoursOf({ years }: Pick<FleetPlan, 'years'>): number {
  return Math.ceil(years * HOURS_A_YEAR);
}
