import { createHash } from 'node:crypto';
import { Secret } from '@ramz/otp-core';
import { Device } from '../device/device.ts';
import type { DeviceEvent } from '../device/device-event.ts';
import { drop, washIt } from '../device/harm.ts';
import { loadSeed } from '../lab/load-seed.ts';
import { HOUR_MS } from '../physics/source.ts';
import { duration, type InstantMs, instant, later } from '../time/instant.ts';
import { customersOf, type FleetPlan, hoursOf } from './fleet-plan.ts';
import { gridOf } from './grid.ts';
import { LiveFleet } from './live-fleet.ts';
import { pressTimesSeconds } from './log-in.ts';
import { type Customer, customerOf, type Member, memberOf } from './member.ts';

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
 * @param onEvent called with each event of its life until then
 * @throws RangeError for a customer or a moment that the plan does not have
 */
export async function openMember(
  plan: FleetPlan,
  number: number,
  at: InstantMs,
  onEvent: (event: DeviceEvent) => void = () => {},
): Promise<OpenedMember> {
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
  const device = await issued(plan, member, last.issuedHour, onEvent);
  for (const { act, atMs } of actsOf(plan, member, last.issuedHour)) {
    if (atMs > at) break;
    device.runUntil(instant(Math.max(device.now, atMs)));
    act(device);
  }
  device.runUntil(instant(Math.max(device.now, at)));
  device.onEvent = () => {};
  return { device, customer, generation: last.generation };
}

async function issued(
  plan: FleetPlan,
  member: Member,
  issuedHour: number,
  onEvent: (event: DeviceEvent) => void,
): Promise<Device> {
  const { customer } = member;
  const [lot, place] = [plan.lots[customer.lot], plan.places[customer.place]];
  if (lot === undefined || place === undefined) throw new Error('a member is of a lot and a place of its plan');
  const identity = { serial: `FL-${String(customer.number).padStart(8, '0')}`, firmwareVersion: '0.1.0' };
  const now = later(plan.start, duration(issuedHour * HOUR_MS));
  const device = await Device.make({ identity, profile: lot.profile, now, seed: member.seed });
  device.onEvent = onEvent;
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
  const presses = pressTimesSeconds(usage.pressesPerLogin);
  for (const hour of gridOf(plan, usage).hour) {
    if (hour < issuedHour) continue;
    for (const afterSeconds of presses) add(hour, (device) => device.pressButton(), afterSeconds * 1_000);
  }
  for (const hour of member.drops) add(hour, (device) => drop(device, plan.fates.dropHeightMeters));
  for (const hour of member.washes) add(hour, (device) => washIt(device));
  return acts.toSorted((a, b) => a.atMs - b.atMs);
}
