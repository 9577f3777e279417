import { createHash } from 'node:crypto';
import { Secret } from '@ramz/otp-core';
import { Device } from '../device/device.ts';
import { drop, washIt } from '../device/harm.ts';
import { loadSeed } from '../lab/load-seed.ts';
import { HOUR_MS } from '../physics/source.ts';
import { duration, type InstantMs, instant, later } from '../time/instant.ts';
import { hoursOf } from './course-of-place.ts';
import { customersOf, type FleetPlan } from './fleet-plan.ts';
import { LiveFleet } from './live-fleet.ts';
import { type Customer, customerOf, type Member, memberOf } from './member.ts';
import { LOGIN_HOUR } from './tables.ts';

/** A code stays on the glass for a while; presses of one log-in come one after the other. */
const BETWEEN_PRESSES_MS = 90_000;

/** A token of a fleet as a live one, and whose it is. */
export interface OpenedMember {
  readonly device: Device;
  readonly customer: Customer;
  /** 0 for the customer's first token. */
  readonly generation: number;
}

/**
 * Opens the token that a customer has at a moment: the detailed device, which has lived what the
 * fleet's token has lived.
 * @param number of the customer, from 0
 * @throws RangeError for a customer or a moment that the plan does not have
 */
export async function openMember(plan: FleetPlan, number: number, at: InstantMs): Promise<OpenedMember> {
  if (number >= customersOf(plan)) throw new RangeError(`the fleet has the customers 0 to ${customersOf(plan) - 1}`);
  const endsAt = plan.start + hoursOf(plan) * HOUR_MS;
  if (at > endsAt) throw new RangeError(`the fleet ends at ${new Date(endsAt).toISOString()}`);
  const customer = customerOf(plan, number);
  const fleet = new LiveFleet(plan);
  const tokens = [...fleet.tokensOf(customer)].filter(({ issuedHour }) => plan.start + issuedHour * HOUR_MS <= at);
  const last = tokens.at(-1);
  if (last === undefined) {
    const first = new Date(plan.start + customer.issuedHour * HOUR_MS).toISOString();
    throw new RangeError(`customer ${number} gets a token at ${first}: open it then or later`);
  }
  const member = memberOf(plan, customer, last.generation, last.issuedHour);
  const device = await issued(plan, member, last.issuedHour);
  for (const { act, atMs } of actsOf(plan, member, last.issuedHour)) {
    if (atMs > at) break;
    device.runUntil(instant(Math.max(device.now, atMs)));
    act(device);
  }
  device.runUntil(instant(Math.max(device.now, at)));
  return { device, customer, generation: last.generation };
}

async function issued(plan: FleetPlan, member: Member, issuedHour: number): Promise<Device> {
  const { customer } = member;
  const [lot, place] = [plan.lots[customer.lot], plan.places[customer.place]];
  if (lot === undefined || place === undefined) throw new Error('a member is of a lot and a place of its plan');
  const identity = { serial: `FL-${String(customer.number).padStart(8, '0')}`, firmwareVersion: '0.1.0' };
  const now = later(plan.start, duration(issuedHour * HOUR_MS));
  const device = await Device.make({ identity, profile: lot.profile, now, seed: member.seed });
  // Made up for the laboratory, and the same each time; a real seed comes from a vault.
  using seed = Secret.own(createHash('sha256').update(member.seed).digest().subarray(0, 20));
  await loadSeed(device, seed, createHash('sha256').update(`${member.seed}/enrolment`).digest('hex').slice(0, 32));
  device.putInto(place.climate);
  return device;
}

interface Act {
  readonly atMs: number;
  readonly act: (device: Device) => void;
}

/** What happens to a member from its issue to the end of the plan, in order. */
function actsOf(plan: FleetPlan, member: Member, issuedHour: number): Act[] {
  const usage = plan.usages[member.customer.usage];
  if (usage === undefined) throw new Error('a customer has a usage of the plan');
  const acts: Act[] = [];
  const add = (hour: number, act: Act['act'], afterMs = 0) =>
    acts.push({ atMs: plan.start + hour * HOUR_MS + afterMs, act });
  for (let hour = LOGIN_HOUR; hour < hoursOf(plan); hour += usage.loginEveryDays * 24) {
    if (hour < issuedHour) continue;
    for (let i = 0; i < usage.pressesPerLogin; i++) add(hour, (device) => device.pressButton(), i * BETWEEN_PRESSES_MS);
  }
  for (const hour of member.drops) add(hour, (device) => drop(device, plan.fates.dropHeightMeters));
  for (const hour of member.washes) add(hour, (device) => washIt(device));
  return acts.toSorted((a, b) => a.atMs - b.atMs);
}
