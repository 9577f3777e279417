// A fleet's closed forms against the detailed device, and against themselves on other threads.
import { describe, expect, it } from 'vitest';
import { drawParts } from '../../src/device/physical.ts';
import { tokensByMonth } from '../../src/fleet/fleet-counts.ts';
import type { FleetPlan } from '../../src/fleet/fleet-plan.ts';
import { LiveFleet } from '../../src/fleet/live-fleet.ts';
import { customerOf } from '../../src/fleet/member.ts';
import { openMember } from '../../src/fleet/open-member.ts';
import { runFleet } from '../../src/fleet/run-fleet.ts';
import { readDeviceProfile } from '../../src/profile/read-device-profile.ts';
import { instant } from '../../src/time/instant.ts';
import { RandomStream, tokenSeed } from '../../src/time/random-stream.ts';
import { planOf, START } from './fleet-plan.ts';

const HOUR_MS = 3_600_000;

describe('a token of a fleet', () => {
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
