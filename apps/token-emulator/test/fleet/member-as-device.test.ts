// Any token of any fleet, lived by the detailed device: the same end in the same hour, the same
// clock and the same charge.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceEvent } from '../../src/device/device-event.ts';
import type { FleetPlan } from '../../src/fleet/fleet-plan.ts';
import { hoursOf } from '../../src/fleet/fleet-plan.ts';
import { LiveFleet } from '../../src/fleet/live-fleet.ts';
import { customerOf } from '../../src/fleet/member.ts';
import { openMember } from '../../src/fleet/open-member.ts';
import type { End } from '../../src/fleet/token-life.ts';
import { CLIMATES, type Climate } from '../../src/physics/climate.ts';
import type { DeviceProfile } from '../../src/profile/device-profile.ts';
import { instant } from '../../src/time/instant.ts';
import { planOf, START } from './fleet-plan.ts';

const RUNS = Number(process.env['RAMZ_FLEET_RUNS'] ?? 30);
const HOUR_MS = 3_600_000;
/** A fall interrupts the contact for less than this. */
const MOMENT_MS = 100;
/** Below what one fall changes: 40 ms of drift are some millionths of a second. */
const AHEAD_S_MAX = 1e-7;

/** Evenly: a random double would mostly be next to nothing. */
const amount = (min: number, max: number) =>
  fc.integer({ min: 0, max: 10_000 }).map((part) => min + ((max - min) * part) / 10_000);

const climates: fc.Arbitrary<Climate> = fc.oneof(
  fc.constantFrom(...Object.values(CLIMATES)),
  fc.record({
    meanCelsius: amount(-20, 50),
    yearSwingCelsius: amount(0, 20),
    daySwingCelsius: amount(0, 15),
  }),
  fc.record({
    hourlyCelsius: fc.array(amount(-30, 60), { minLength: 1, maxLength: 50 }),
  }),
);

const anyPlan = fc
  .record({
    profile: fc.constantFrom('classic-time', 'always-on', 'usb-token'),
    change: fc.record({
      'load.sleep_uA': amount(0.5, 9),
      'load.display_uA': amount(0, 40),
      'load.active_uA': amount(0, 3_000),
      'battery.cell': fc.constantFrom('CR2016', 'CR2032', 'BR2032'),
      'battery.capacity_factor': amount(0.2, 1.1),
      'battery.shelf_months': fc.integer({ min: 0, max: 40 }),
      'battery.brownout_V': amount(1.8, 2.85),
      'clock.tolerance_ppm': amount(0, 30),
      'clock.after_power_loss': fc.constantFrom('hold', 'reset'),
      'storage.seed_in': fc.constantFrom('ram', 'eeprom'),
      'display.ends': fc.constantFrom('fixed', 'end-of-step'),
      'display.auto_off_s': fc.integer({ min: 1, max: 600 }),
    }),
    climate: climates,
    dropsPerYear: fc.constantFrom(0, 0.5, 2),
    dropHeightMeters: fc.constantFrom(1.2, 1.6),
    washesPerYear: fc.constantFrom(0, 0, 0.2),
    loginEveryDays: fc.constantFrom(7, 30, 366),
    pressesPerLogin: fc.constantFrom(1, 2, 40, 100),
    seed: fc.integer({ min: 0, max: 1e6 }),
  })
  .map(({ profile, change, climate, loginEveryDays, pressesPerLogin, seed, ...rates }) => {
    const plan = planOf(change, { seed, places: [{ name: 'here', share: 1, climate }] }, profile);
    const fates = { ...plan.fates, ...rates };
    const usages = plan.usages.map((usage) => ({ ...usage, loginEveryDays, pressesPerLogin }));
    return { ...plan, years: 6, fates, usages };
  });

/** Tokens whose cells hardly carry them, and that fall often. */
const tiredPlan = fc.record({ plan: anyPlan, brownoutVolts: amount(2.7, 2.85) }).map(({ plan, brownoutVolts }) => {
  const [lot] = plan.lots as [FleetPlan['lots'][number]];
  const { battery, clock, storage } = lot.profile;
  const profile: DeviceProfile = {
    ...lot.profile,
    battery: { ...battery, brownout_V: brownoutVolts },
    clock: { ...clock, after_power_loss: 'hold' },
    storage: { ...storage, seed_in: 'eeprom' },
  };
  return {
    ...plan,
    lots: [{ ...lot, profile: { ...profile, load: { ...profile.load, write_uA: 0 } } }],
    fates: { ...plan.fates, dropsPerYear: 12, washesPerYear: 0 },
  };
});

/** How the device's life ended, for a customer. */
function endOf(events: readonly DeviceEvent[], plan: FleetPlan, issuedHour: number): { end: End; hour: number } {
  // Its cell was empty before its issue.
  if (!events.some(({ kind }) => kind === 'provisioned')) return { end: 'cell', hour: issuedHour };
  const { profile } = plan.lots[0] as FleetPlan['lots'][number];
  for (const [i, event] of events.entries()) {
    const end = event.kind === 'power-lost' ? lossOfPower(events, i, profile) : (ENDS[event.kind]?.(event) ?? 'none');
    if (end !== 'none') return { end, hour: Math.floor((event.at - plan.start) / HOUR_MS) };
  }
  return { end: 'none', hour: hoursOf(plan) };
}

const ENDS: Partial<Record<DeviceEvent['kind'], (event: DeviceEvent) => End>> = {
  broken: ({ detail }) => (detail.startsWith('heat') ? 'heat' : 'damaged'),
  'segment-died': () => 'damaged',
  expired: () => 'date',
};

/** A reset of its clock or its seed ends a token, too. */
function lossOfPower(events: readonly DeviceEvent[], i: number, { storage, clock }: DeviceProfile): End {
  const { at, detail } = events[i] as DeviceEvent;
  const isFall =
    detail === 'the cell has no contact' && events.slice(0, i).some((one) => one.kind === 'dropped' && one.at === at);
  if (!isFall) return 'cell';
  if (storage.seed_in === 'ram' || clock.after_power_loss === 'reset') return 'damaged';
  const isBack = events.slice(i).some((one) => one.kind === 'power-returned' && one.at < at + MOMENT_MS);
  return isBack ? 'none' : 'cell';
}

async function expectSameLife(plan: FleetPlan, number: number, share: number): Promise<void> {
  const [token] = [...new LiveFleet(plan).tokensOf(customerOf(plan, number))];
  if (token === undefined) throw new Error('a customer has a token');
  const { life, issuedHour } = token;
  const events: DeviceEvent[] = [];
  await openMember(plan, number, instant(START + hoursOf(plan) * HOUR_MS), (event) => events.push(event));
  expect({ end: life.end, hour: life.endHour }).toEqual(endOf(events, plan, issuedHour));
  const hour = Math.floor(issuedHour + share * (life.endHour - issuedHour));
  if (hour === life.endHour) return;
  const { device } = await openMember(plan, number, instant(START + hour * HOUR_MS));
  const { clockMs, gainedSeconds } = device.physical;
  const aheadSeconds = (clockMs - device.now) / 1_000 + gainedSeconds;
  expect(Math.abs(aheadSeconds - life.course.aheadSeconds(hour))).toBeLessThan(AHEAD_S_MAX);
  // Each display ends in the next whole ms of the token's own clock.
  const { load, display } = device.profile;
  const perPressMah = (load.display_uA * (1 + Math.max(display.auto_off_s, 60) * 0.3)) / 3_600_000 / 1_000;
  const boundMah = 1e-9 + device.physical.presses * perPressMah;
  expect(Math.abs(device.physical.usedMah - life.course.usedMah(hour))).toBeLessThan(boundMah);
}

describe('a token of a fleet, and the detailed device', () => {
  it.each([
    ['in any plan', anyPlan],
    ['with a tired cell, and shaken', tiredPlan],
  ])(
    '%s',
    async (_, plans) => {
      const lives = fc.asyncProperty(plans, fc.nat(999), amount(0, 1), expectSameLife);
      await fc.assert(lives, { numRuns: RUNS, endOnFailure: true });
    },
    600_000,
  );
});
