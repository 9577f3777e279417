// A fleet's closed forms against the detailed device, and against themselves on other threads.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawParts } from '../device/physical.ts';
import { CLIMATES } from '../physics/climate.ts';
import { changedProfile } from '../profile/changed-profile.ts';
import { readDeviceProfile } from '../profile/read-device-profile.ts';
import { instant } from '../time/instant.ts';
import { RandomStream, tokenSeed } from '../time/random-stream.ts';
import { tokensByMonth } from './fleet-counts.ts';
import type { FleetPlan } from './fleet-plan.ts';
import { LiveFleet } from './live-fleet.ts';
import { customerOf } from './member.ts';
import { openMember } from './open-member.ts';
import { runFleet } from './run-fleet.ts';

const HOUR_MS = 3_600_000;
const START = instant(Date.UTC(2026, 0, 1));

function planOf(change: object, more: Partial<FleetPlan> = {}, profile = 'classic-time'): FleetPlan {
  const read = readDeviceProfile(profile);
  const lot = { name: 'a', customers: 1_000, profile: changedProfile(read.profile, change), numbers: read.numbers };
  return {
    name: 'test',
    says: 'a test',
    seed: 1,
    start: START,
    years: 6,
    lots: [{ ...lot, issuedOverMonths: 6 }],
    places: [{ name: 'here', share: 1, climate: CLIMATES.office }],
    usages: [{ share: 1, loginEveryDays: 10, pressesPerLogin: 2, typingSeconds: 10, triesBeforeHelp: 2 }],
    fates: {
      lostPctPerYear: 0,
      stolenPctPerYear: 0,
      damagedPctPerYear: 0,
      dropsPerYear: 0,
      dropHeightMeters: 1.2,
      washesPerYear: 0,
      isReplaced: false,
    },
    policies: [
      {
        name: 'p',
        stepSeconds: 60,
        pastSteps: 1,
        futureSteps: 0,
        firstLoginSteps: 10,
        learns: 'each-login',
        driftMaxSteps: 1_000,
        resyncSteps: 10,
        helpSteps: 60,
        triesMax: 5,
      },
    ],
    costs: { currency: 'EUR', token: 1, issue: 1, call: 1, cell: 1 },
    ...more,
  };
}

const plans = fc
  .record({
    sleep: fc.double({ min: 0.5, max: 9, noNaN: true }),
    capacity: fc.double({ min: 0.2, max: 1.1, noNaN: true }),
    shelf: fc.integer({ min: 0, max: 40 }),
    tolerance: fc.double({ min: 0, max: 30, noNaN: true }),
    place: fc.constantFrom(...Object.values(CLIMATES), { meanCelsius: 3, yearSwingCelsius: 11, daySwingCelsius: 6 }),
    drops: fc.constantFrom(0, 0.5),
    seed: fc.integer({ min: 0, max: 1e6 }),
    profile: fc.constantFrom('classic-time', 'always-on', 'usb-token'),
  })
  .map(({ sleep, capacity, shelf, tolerance, place, drops, seed, profile }) => {
    const change = {
      'load.sleep_uA': sleep,
      'battery.capacity_factor': capacity,
      'battery.shelf_months': shelf,
      'clock.tolerance_ppm': tolerance,
    };
    const made = planOf(change, { seed, places: [{ name: 'here', share: 1, climate: place }] }, profile);
    return { ...made, fates: { ...made.fates, dropsPerYear: drops } };
  });

describe('a token of a fleet', () => {
  it('has the drift, the charge and the hour of death of the detailed device', async () => {
    await fc.assert(
      fc.asyncProperty(
        plans,
        fc.integer({ min: 0, max: 999 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (plan, number, share) => {
          const customer = customerOf(plan, number);
          const [token] = [...new LiveFleet(plan).tokensOf(customer)];
          if (token === undefined) throw new Error('a customer has a token');
          const { life, issuedHour } = token;
          const hour = Math.floor(issuedHour + share * (life.endHour - issuedHour));
          const { device } = await openMember(plan, number, instant(START + hour * HOUR_MS));
          expect(device.isPowered || life.end === 'damaged' || hour >= life.endHour - 1).toBe(true);
          if (hour < life.endHour && device.isPowered) {
            expect(Math.abs((device.deviceTime - device.now) / 1_000 - life.course.aheadSeconds(hour))).toBeLessThan(
              1e-6,
            );
          }
          if (life.end === 'cell' && life.endHour > issuedHour + 1) {
            const before = await openMember(plan, number, instant(START + (life.endHour - 1) * HOUR_MS));
            expect(before.device.isPowered).toBe(true);
            const after = await openMember(plan, number, instant(START + (life.endHour + 2) * HOUR_MS));
            expect(after.device.isPowered && after.device.enrolmentId !== '').toBe(false);
          }
        },
      ),
      { numRuns: 60, endOnFailure: true },
    );
  }, 60_000);

  it('dies of heat in the hour of the detailed device, what the shelf did included', async () => {
    const hot = { meanCelsius: 60, yearSwingCelsius: 0, daySwingCelsius: 0 };
    const places = [{ name: 'oven', share: 1, climate: hot }];
    const plan = planOf({ 'battery.shelf_months': 60 }, { places, years: 8 }, 'usb-token');
    const fleet = new LiveFleet(plan);
    const ends = Array.from({ length: 1_000 }, (_, number) => {
      const [token] = [...fleet.tokensOf(customerOf(plan, number))];
      return { number, life: token?.life };
    }).filter(({ life }) => life?.end === 'heat');
    expect(ends.length).toBeGreaterThan(0);
    for (const { number, life } of ends.slice(0, 5)) {
      const at = (hour: number) => openMember(plan, number, instant(START + hour * HOUR_MS));
      const endHour = life?.endHour ?? 0;
      expect((await at(endHour - 1)).device.isPowered).toBe(true);
      expect((await at(endHour + 2)).device.isPowered).toBe(false);
    }
  }, 60_000);

  it('uses the charge of the device to 1e-9 mAh, under its sleep and its presses', async () => {
    const plan = planOf({ 'display.ends': 'fixed', 'display.auto_off_s': 30 });
    for (const number of [0, 17, 400]) {
      const [token] = [...new LiveFleet(plan).tokensOf(customerOf(plan, number))];
      const hour = (token?.life.endHour ?? 0) - 5;
      const { device } = await openMember(plan, number, instant(START + hour * HOUR_MS));
      // By its own clock the glass is lit for 30 s; the laboratory's differ by parts per million.
      expect(Math.abs(device.physical.usedMah - (token?.life.course.usedMah(hour) ?? 0))).toBeLessThan(1e-6);
      expect(device.physical.presses).toBeGreaterThan(300);
    }
    const idle = planOf(
      {},
      {
        usages: [{ share: 1, loginEveryDays: 366, pressesPerLogin: 1, typingSeconds: 0, triesBeforeHelp: 1 }],
        years: 1,
      },
    );
    const [token] = [...new LiveFleet(idle).tokensOf(customerOf(idle, 3))];
    const { device } = await openMember(idle, 3, instant(START + 8_000 * HOUR_MS));
    expect(Math.abs(device.physical.usedMah - (token?.life.course.usedMah(8_000) ?? 0))).toBeLessThan(1e-9);
  });
});

describe('a fleet', () => {
  const busy = planOf(
    { 'battery.capacity_factor': 0.4, 'clock.tolerance_ppm': 20 },
    {
      lots: [{ ...(planOf({}).lots[0] as FleetPlan['lots'][number]), customers: 50_000 }],
      fates: {
        ...planOf({}).fates,
        lostPctPerYear: 4,
        stolenPctPerYear: 1,
        damagedPctPerYear: 1,
        dropsPerYear: 0.2,
        washesPerYear: 0.02,
        isReplaced: true,
      },
    },
  );

  it('counts the same on one thread and on three', async () => {
    const [one, three] = [await runFleet(busy, { threads: 1 }), await runFleet(busy, { threads: 3 })];
    expect(three).toEqual(one);
    expect(tokensByMonth(one, 'issued').reduce((sum, count) => sum + count, 0)).toBeGreaterThan(50_000);
  }, 60_000);

  it('loses as many tokens as its rates say, within chance', async () => {
    const counts = await runFleet(busy, { threads: 1 });
    const lost = tokensByMonth(counts, 'lost').reduce((sum, count) => sum + count, 0);
    // 50,000 customers for a little less than six years, 4 % a year.
    expect(lost).toBeGreaterThan(50_000 * 5 * 0.04);
    expect(lost).toBeLessThan(50_000 * 6 * 0.042);
  }, 60_000);

  it('shares no token between neighboring seeds, and none with itself', () => {
    const { profile } = readDeviceProfile('classic-time');
    const made = new Set<string>();
    for (let world = 0; world < 4; world++) {
      for (let token = 0; token < 2_500; token++) {
        made.add(JSON.stringify(drawParts(profile, new RandomStream(tokenSeed(world, token), 'made'))));
      }
    }
    expect(made.size).toBe(10_000);
  });
});
