// However a life is cut into spans, it is the same life: the body is derived from its last change,
// and the moments at which it ends or recovers are solved.
import { Secret } from '@ramz/otp-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSeed } from '../lab/load-seed.ts';
import { CLIMATES, type Climate } from '../physics/climate.ts';
import { errorPpm } from '../physics/crystal.ts';
import { SECONDS_A_YEAR } from '../physics/source.ts';
import { type DeviceProfile, withoutShelf } from '../profile/device-profile.ts';
import { readDeviceProfile } from '../profile/read-device-profile.ts';
import { deviceTime, instant } from '../time/instant.ts';
import { Device } from './device.ts';
import type { DeviceEvent } from './device-event.ts';
import { plug, stick } from './harm.ts';

const START_MS = Date.UTC(2026, 2, 1, 7, 13, 11);
const HOUR_MS = 3_600_000;
const SEED = new Uint8Array(20).fill(7);
const YEAR_MS = SECONDS_A_YEAR * 1_000;

interface Lived {
  readonly device: Device;
  readonly events: DeviceEvent[];
}

async function made(profile: DeviceProfile, place: Climate | number, seed = 1): Promise<Lived> {
  const identity = { serial: 'RZ-000001', firmwareVersion: '0.1.0' };
  const device = await Device.make({ identity, profile, now: instant(START_MS), seed });
  const events: DeviceEvent[] = [];
  device.onEvent = (event) => void events.push(event);
  device.putInto(place);
  return { device, events };
}

/** @param firstStep of its codes, so many days from the start; undefined without a seed */
async function loaded(lived: Lived, firstStep: number | undefined): Promise<Lived> {
  if (firstStep === undefined) return lived;
  const parameters = { t0Seconds: Math.floor(START_MS / 1_000) + firstStep * 86_400 - 5 };
  await loadSeed(lived.device, Secret.copy(SEED), 'a'.repeat(32), parameters);
  return lived;
}

/** Lives until then, with looks at these shares of the span. */
function live({ device }: Lived, untilMs: number, cuts: readonly number[]): void {
  const fromMs = device.now;
  for (const cut of cuts.toSorted((a, b) => a - b))
    device.runUntil(instant(Math.round(fromMs + (untilMs - fromMs) * cut)));
  device.runUntil(instant(untilMs));
}

const profiles = ['classic-time', 'classic-event', 'keypad', 'always-on', 'usb-token'];
const places = fc.constantFrom<(Climate | number)[]>(...Object.values(CLIMATES), 25, -12, 60);
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 });

describe('a life that is cut', () => {
  it('has the same events, clocks and charge, to the last bit', async () => {
    const act = fc.constantFrom<((device: Device) => void)[]>(
      (device) => device.pressButton(),
      (device) => stick(device, true),
      (device) => stick(device, false),
      (device) => plug(device, true),
      (device) => plug(device, false),
      (device) => device.loseContact(HOUR_MS),
      (device) => device.change({ leakMicroamps: 400 }),
      (device) => device.putInto(CLIMATES.car),
      (device) => device.putInto(-30),
      (device) => device.setClock(deviceTime(device.now - 400 * 24 * HOUR_MS)),
      (device) => device.setClock(deviceTime(device.now + 1_234)),
    );
    const life = fc.record({
      name: fc.constantFrom(...profiles),
      place: places,
      seed: fc.integer(),
      // Without a seed, with one, and with one whose first step is still to come.
      firstStep: fc.option(fc.integer({ min: -800, max: 800 }), { nil: undefined }),
      spans: fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), act, cuts), { minLength: 1, maxLength: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(life, async ({ name, place, seed, firstStep, spans }) => {
        const { profile: read } = readDeviceProfile(name);
        const profile = { ...read, clock: { ...read.clock, settable: true } };
        const one = async () => loaded(await made(profile, place, seed), firstStep);
        const [whole, cut] = [await one(), await one()];
        for (const [days, then, at] of spans) {
          const untilMs = whole.device.now + days * 24 * HOUR_MS;
          live(whole, untilMs, []);
          live(cut, untilMs, at);
          then(whole.device);
          then(cut.device);
        }
        expect(cut.events).toEqual(whole.events);
        expect([cut.device.stateName, cut.device.glass]).toEqual([whole.device.stateName, whole.device.glass]);
        expect(cut.device.physical).toEqual(whole.device.physical);
        expect(cut.device.deviceTime).toBe(whole.device.deviceTime);
      }),
      { numRuns: 120 },
    );
  });

  it('drifts as an integral over its hours says, for three years in any climate', async () => {
    for (const place of [CLIMATES.garage, CLIMATES.car, CLIMATES.office]) {
      const { device } = await made(withoutShelf(readDeviceProfile('usb-token').profile), place);
      const { crystal } = device.physical;
      let [gainedSeconds, at] = [0, START_MS];
      const untilMs = START_MS + 3 * YEAR_MS;
      while (at < untilMs) {
        const next = Math.min(untilMs, (Math.floor(at / HOUR_MS) + 1) * HOUR_MS);
        device.runUntil(instant(next - 1));
        const middleYears = ((at + next) / 2 - START_MS) / YEAR_MS;
        gainedSeconds += (errorPpm(crystal, device.physical.tempCelsius, middleYears) * (next - at)) / 1e9;
        at = next;
      }
      device.runUntil(instant(untilMs));
      expect(Math.abs((device.deviceTime - untilMs) / 1_000 - gainedSeconds)).toBeLessThan(1e-4);
    }
  });
});

describe('the end of a cell', () => {
  it.each([
    ['classic-time', 25],
    ['classic-event', 31],
    ['keypad', 10],
  ] as const)('of a %s at a steady %d °C comes in the hour of its charge', async (name, celsius) => {
    const lived = await made(readDeviceProfile(name).profile, celsius);
    live(lived, START_MS + 30 * YEAR_MS, []);
    const lost = lived.events.find(({ kind }) => kind === 'power-lost');
    const atEnd = await made(readDeviceProfile(name).profile, celsius);
    live(atEnd, (lost?.at ?? 0) - 1, [0.1, 0.9]);
    expect(atEnd.device.supplyVolts).toBeGreaterThanOrEqual(readDeviceProfile(name).profile.battery.brownout_V);
    live(atEnd, lost?.at ?? 0, []);
    expect(atEnd.device.isPowered).toBe(false);
  });

  it('gives no more charge than it has, under a stuck button', async () => {
    const { profile } = readDeviceProfile('classic-event');
    const button = { ...profile.button, pullup_ohm: 10_000, stuck_uA: 800 };
    const { device, events } = await made(withoutShelf({ ...profile, button }), 25);
    stick(device, true);
    device.runUntil(instant(START_MS + YEAR_MS));
    const lost = events.find(({ kind }) => kind === 'power-lost');
    const hours = ((lost?.at ?? 0) - START_MS) / HOUR_MS;
    const { capacityMah } = device.physical.cell;
    expect((hours * 1_101) / 1_000).toBeLessThan(capacityMah);
    expect((hours * 1_101) / 1_000).toBeGreaterThan(capacityMah * 0.9);
  });

  it('is not the end on cold nights: the power returns with the morning', async () => {
    const { profile } = readDeviceProfile('usb-token');
    const load = { ...profile.load, sleep_uA: 600 };
    const lived = await made(withoutShelf({ ...profile, load }), CLIMATES.car);
    lived.device.change({ usedMah: lived.device.physical.cell.capacityMah * 0.935 });
    lived.device.runUntil(instant(START_MS + 48 * HOUR_MS));
    const [lost, returned] = ['power-lost', 'power-returned'].map((one) =>
      lived.events.find(({ kind }) => kind === one),
    );
    expect(lost?.at).toBeLessThan(returned?.at ?? 0);
    expect((returned?.at ?? 0) % HOUR_MS).toBe(0);
  });
});

describe('the shelf', () => {
  it('draws the current of sleep, ages the crystal and lets the clock drift', async () => {
    const { profile } = readDeviceProfile('classic-time');
    const shelf = { ...profile.battery, shelf_months: 30 };
    const { device } = await made({ ...profile, battery: shelf }, 25);
    const sleepMah = (1.5 * 30 * (8_766 / 12)) / 1_000;
    expect(device.physical.usedMah).toBeGreaterThan(sleepMah);
    expect(device.physical.usedMah).toBeLessThan(sleepMah + 7);
    expect((START_MS - device.physical.madeAt) / YEAR_MS).toBeCloseTo(2.5, 6);
    expect(Math.abs(device.deviceTime - device.now)).toBeGreaterThan(1_000);
  });
});

describe('temperatures outside the ranges', () => {
  it('freeze the cell and leave it unharmed', async () => {
    const { device } = await made(readDeviceProfile('usb-token').profile, 20);
    device.putInto(-50);
    expect(device.isPowered).toBe(false);
    device.putInto(20);
    expect(device.isPowered).toBe(true);
  });

  it('leave nothing working after 30 days at 150 °C, and harm nothing in a summer in a car', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const baked = await made(readDeviceProfile('usb-token').profile, 150, seed);
      plug(baked.device, true);
      baked.device.runUntil(instant(START_MS + 30 * 24 * HOUR_MS));
      baked.device.putInto(25);
      expect([baked.device.isPowered, baked.device.physical.isBroken]).toEqual([false, true]);
      const parked = await made(readDeviceProfile('usb-token').profile, CLIMATES.car, seed);
      parked.device.runUntil(instant(START_MS + YEAR_MS / 2));
      expect(parked.device.physical.overheatedShare).toBe(0);
    }
  });
});

describe('heat that ends what has ended', () => {
  // Each of these once took a turn each millisecond, for hours.
  it.each([
    ['a broken token', ({ device }: Lived) => device.change({ isBroken: true }), 100],
    ['the cell of a token on USB', ({ device }: Lived) => plug(device, true), 90],
  ])('does not end %s again', { timeout: 20_000 }, async (_, before, celsius) => {
    const lived = await made(readDeviceProfile('usb-token').profile, celsius, 2_345);
    before(lived);
    lived.device.runUntil(instant(START_MS + 15 * YEAR_MS));
    expect(lived.device.now).toBe(START_MS + 15 * YEAR_MS);
  });
});

describe('a seed that is written', () => {
  it('is torn when the pulse takes the supply down, and the token is blank', async () => {
    const { profile } = readDeviceProfile('usb-token');
    const { device, events } = await made(profile, 25);
    device.change({ usedMah: device.physical.cell.capacityMah * 0.975 });
    device.putInto(-10);
    expect(await loadSeed(device, Secret.copy(SEED), 'a'.repeat(32))).toBe(false);
    expect(events.map(({ kind }) => kind)).toContain('torn-write');
    device.putInto(25);
    expect([device.stateName, device.enrolmentId]).toEqual(['blank', '']);
  });
});

describe('the spread of a lot', () => {
  it('gathers no crystals at the limits of the data sheet, and spreads the parabola', async () => {
    const { profile } = readDeviceProfile('usb-token');
    const crystals = [];
    for (let i = 0; i < 400; i++) crystals.push((await made(withoutShelf(profile), 25, i)).device.physical.crystal);
    const { tolerance_ppm: limitPpm, parabola_ppm_per_C2: parabola } = profile.clock;
    expect(crystals.every(({ initialPpm }) => Math.abs(initialPpm) < limitPpm)).toBe(true);
    expect(new Set(crystals.map(({ initialPpm }) => initialPpm)).size).toBe(400);
    const parabolas = crystals.map(({ parabolaPpmPerC2 }) => parabolaPpmPerC2 - parabola);
    expect(Math.max(...parabolas)).toBeGreaterThan(0.004);
    expect(Math.max(...parabolas.map(Math.abs))).toBeLessThanOrEqual(0.006);
  });
});
