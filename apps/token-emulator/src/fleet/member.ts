import { HOURS_A_MONTH, HOURS_A_YEAR } from '../physics/source.ts';
import { RandomStream, tokenSeed } from '../time/random-stream.ts';
import { customersOf, type FleetPlan, type Lot } from './fleet-plan.ts';

/** A customer has at most so many tokens one after the other; more is an error in the plan. */
export const GENERATIONS_MAX = 64;

/** Ends that no physics foresees. */
export type Fate = 'lost' | 'stolen' | 'damaged';

/** One token of a customer, as chance made it; its parts are drawn when it is made. */
export interface Member {
  /** The same text makes the same token on a bench. */
  readonly seed: string;
  readonly customer: Customer;
  /** Hours from the start of the plan. */
  readonly fate: Fate;
  readonly fateHour: number;
  readonly drops: readonly number[];
  readonly washes: readonly number[];
  /** What is drawn at its log-ins. */
  readonly moments: RandomStream;
}

/** A customer: the lot that serves them, their habits, and when they get their first token. */
export interface Customer {
  readonly number: number;
  readonly lot: number;
  readonly place: number;
  readonly usage: number;
  readonly issuedHour: number;
}

export function customerOf(plan: FleetPlan, number: number): Customer {
  const random = new RandomStream(`${plan.seed}/customer ${number}`, 'habits');
  const lot = lotOf(plan.lots, number);
  const place = chosen(plan.places, random.draw());
  const usage = chosen(plan.usages, random.draw());
  const months = plan.lots[lot]?.issuedOverMonths ?? 0;
  return { number, lot, place, usage, issuedHour: Math.floor(random.draw() * months * HOURS_A_MONTH) };
}

/**
 * @param generation 0 for the customer's first token
 * @param issuedHour from the start of the plan
 */
export function memberOf(plan: FleetPlan, customer: Customer, generation: number, issuedHour: number): Member {
  const seed = tokenSeed(plan.seed, customer.number + generation * customersOf(plan));
  const random = new RandomStream(seed, 'fate');
  const { fates } = plan;
  const hazards = [fates.lostPctPerYear, fates.stolenPctPerYear, fates.damagedPctPerYear].map((pct) => pct / 100);
  const total = hazards.reduce((sum, one) => sum + one, 0);
  const fateHour = issuedHour + waitHours(total, random.draw());
  const of = random.draw() * total;
  const fate: Fate =
    of < (hazards[0] ?? 0) ? 'lost' : of < (hazards[0] ?? 0) + (hazards[1] ?? 0) ? 'stolen' : 'damaged';
  const horizonHour = plan.years * HOURS_A_YEAR;
  const drops = timesOf(fates.dropsPerYear, issuedHour, horizonHour, random);
  const washes = timesOf(fates.washesPerYear, issuedHour, horizonHour, random);
  return {
    seed,
    customer,
    fate,
    fateHour,
    drops,
    washes,
    moments: random,
  };
}

/** Returns the hours of a Poisson process. */
function timesOf(perYear: number, fromHour: number, untilHour: number, random: RandomStream): number[] {
  const hours: number[] = [];
  if (perYear === 0) return hours;
  for (let at = fromHour + waitHours(perYear, random.draw()); at < untilHour; ) {
    hours.push(at);
    at += Math.max(1, waitHours(perYear, random.draw()));
  }
  return hours;
}

/** Returns whole hours until the next event of a process without memory; forever at a rate of 0. */
function waitHours(perYear: number, draw: number): number {
  return perYear === 0 ? Number.POSITIVE_INFINITY : Math.floor((-Math.log(1 - draw) / perYear) * HOURS_A_YEAR);
}

function chosen(list: readonly { readonly share: number }[], draw: number): number {
  let at = 0;
  for (let left = draw - (list[0]?.share ?? 1); left >= 0 && at < list.length - 1; left -= list[at]?.share ?? 1)
    at += 1;
  return at;
}

function lotOf(lots: readonly Lot[], number: number): number {
  let at = 0;
  for (let left = number - (lots[0]?.customers ?? 0); left >= 0 && at < lots.length - 1; ) {
    at += 1;
    left -= lots[at]?.customers ?? 0;
  }
  return at;
}
