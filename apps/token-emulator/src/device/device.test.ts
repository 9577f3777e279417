// A token's life: the effects of its cell, clock, glass, memory and case on its program.
import { randomBytes } from 'node:crypto';
import { sealEnvelope } from '@ramz/custody';
import { formatCode, HmacKey, hotp, hotpDigits, ocraResponse, parseOcraSuite, Secret, totp } from '@ramz/otp-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEYS } from '../firmware/token-event.ts';
import { pinBytes } from '../firmware/token-machine.ts';
import { CLIMATES } from '../physics/climate.ts';
import { type DeviceProfile, withoutShelf } from '../profile/device-profile.ts';
import { readDeviceProfile } from '../profile/read-device-profile.ts';
import { deviceTime, instant } from '../time/instant.ts';
import { Device } from './device.ts';
import type { DeviceEvent } from './device-event.ts';
import { breakIt, drain, drop, openCase, plug, replaceCell, stick, washIt } from './harm.ts';

const START_MS = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;
const ENROLMENT = '0123456789abcdef0123456789abcdef';
const SEED = Uint8Array.from(randomBytes(20));
const PARAMETERS = { hash: 'sha1', digits: 8, periodSeconds: 60, t0Seconds: 0 } as const;
const SUITE = 'OCRA-1:HOTP-SHA1-8:QN08';

interface TestDevice {
  readonly device: Device;
  readonly events: DeviceEvent[];
}

async function provisioned(name: string, changed: Partial<DeviceProfile> = {}, seed = 7): Promise<TestDevice> {
  const profile = withoutShelf({ ...readDeviceProfile(name).profile, ...changed });
  const identity = { serial: 'RZ-000001', firmwareVersion: '0.1.0' };
  const device = await Device.make({ identity, profile, now: instant(START_MS), seed });
  const events: DeviceEvent[] = [];
  device.onEvent = (event) => void events.push(event);
  const envelope = await sealEnvelope('seed', device.publicKey, Secret.copy(SEED), ENROLMENT);
  const ocra = profile.code === 'challenge' ? { ocraSuite: SUITE } : {};
  const digits = Math.min(PARAMETERS.digits, profile.display.digits);
  await device.provision({ enrolmentId: ENROLMENT, parameters: { ...PARAMETERS, digits, ...ocra } }, envelope);
  return { device, events };
}

const key = () => HmacKey.from('sha1', Secret.copy(SEED));
const codeAt = (timeMs: number, digits = 8) => formatCode(totp(key(), timeMs, PARAMETERS, hotpDigits(digits)));
const run = (device: Device, ms: number) => device.runUntil(instant(device.now + Math.round(ms)));
const kinds = (events: readonly DeviceEvent[]) => events.map(({ kind }) => kind);

describe('the clock', () => {
  it('shows the code for the time on its own clock, even if that clock is wrong', async () => {
    const { device } = await provisioned('classic-time');
    device.putInto(CLIMATES.garage);
    for (let month = 0; month < 24; month++) {
      run(device, 30 * DAY_MS);
      device.pressButton();
      expect(device.display).toBe(codeAt(device.deviceTime));
    }
    expect(Math.abs(device.deviceTime - device.now)).toBeGreaterThan(60_000);
  });

  it('stops without power, and then continues or is reset, as the profile says', async () => {
    const held = await provisioned('usb-token');
    drain(held.device, 1_000);
    const stood = held.device.deviceTime;
    run(held.device, 10 * DAY_MS);
    expect(held.device.deviceTime).toBe(stood);
    plug(held.device, true);
    expect(held.device.stateName).toBe('dark');
    expect(held.device.deviceTime).toBe(stood);
    held.device.pressButton();
    expect(held.device.display).toBe(codeAt(stood));
    expect(held.device.setClock(deviceTime(held.device.now))).toBe(true);
    const reset = await provisioned('keypad');
    drain(reset.device, 1_000);
    expect(replaceCell(reset.device)).toBe(true);
    run(reset.device, 2_000);
    expect(new Date(reset.device.deviceTime).getUTCFullYear()).toBe(2000);
  });
});

describe('the program', () => {
  it('makes RFC 4226 codes, one per press, and shows its count when held, on a counting token', async () => {
    const { device } = await provisioned('classic-event');
    for (let count = 0; count < 12; count++) {
      device.pressButton();
      expect(device.display).toBe(formatCode(hotp(key(), count, hotpDigits(8))));
      run(device, 60_000);
      expect(device.display).toBeUndefined();
    }
    device.pressButton(2_500);
    expect(device.display).toBe('12');
  });

  it('shows the code of each step by its own clock, if it is always on', async () => {
    const { device } = await provisioned('always-on');
    for (let minute = 0; minute < 90; minute++) {
      expect(device.display).toBe(codeAt(device.deviceTime, 6));
      run(device, 61_000);
    }
  });

  it('ends by date, with charge left in the cell', async () => {
    const { device, events } = await provisioned('always-on', { life: { shut_off_years: 0.1 } });
    run(device, 0.11 * 365.25 * DAY_MS);
    expect(device.stateName).toBe('expired');
    expect(device.supplyVolts).toBeGreaterThan(2.5);
    expect(kinds(events)).toContain('expired');
    device.pressButton();
    expect(device.display).toBe('OFF');
  });

  it('answers challenges after its PIN, counts wrong PINs and locks after the last one', async () => {
    const { device } = await provisioned('keypad');
    expect(device.setPin(pinBytes('1234'))).toBe(true);
    const type = (text: string) => [...text].forEach((digit) => device.pressKey(digit as '0'));
    const challenge = (pin: string, question: string) => {
      device.pressKey('ok');
      type(pin);
      device.pressKey('ok');
      type(question);
      device.pressKey('ok');
      return device.display;
    };
    const answer = ocraResponse(key(), parseOcraSuite(SUITE), { mode: 'one-way', challenge: '12345678' });
    expect(challenge('1234', '12345678')).toBe(answer);
    run(device, 60_000);
    for (let tries = 4; tries >= 1; tries--) {
      challenge('9999', '');
      expect(device.pinTriesLeft).toBe(tries);
      run(device, 60_000);
    }
    expect(challenge('9999', '')).toBe('LOC');
    run(device, 60_000);
    expect(device.stateName).toBe('locked');
    expect(challenge('1234', '12345678')).not.toBe(answer);
  });

  it('answers a challenge from a host, if it has no PIN', async () => {
    const { device } = await provisioned('keypad', { pin: null });
    expect(device.challenge('00000000')).toBe(true);
    expect(device.display).toBe(ocraResponse(key(), parseOcraSuite(SUITE), { mode: 'one-way', challenge: '00000000' }));
    expect(device.challenge('no digits')).toBe(false);
  });

  it.each(['00000016', '12345680'])(
    'answers %s, although a verifier would not ask a multiple of 16',
    async (challenge) => {
      const { device } = await provisioned('keypad', { pin: null });
      expect(device.challenge(challenge)).toBe(true);
      const allowed = { allowCollidingChallenges: true };
      const question = { mode: 'one-way', challenge } as const;
      expect(device.display).toBe(ocraResponse(key(), parseOcraSuite(SUITE), question, {}, allowed));
    },
  );
});

describe('the cell', () => {
  it('loses a seed in RAM for good when it is empty', async () => {
    const { device, events } = await provisioned('classic-time', { battery: { ...KEYPAD.battery, cell: 'CR2032' } });
    run(device, 15 * 365 * DAY_MS);
    expect(device.isPowered).toBe(false);
    expect(kinds(events)).toContain('power-lost');
    replaceCell(device);
    run(device, 2_000);
    expect(device.stateName).toBe('blank');
    device.pressButton();
    expect(device.display).toBeUndefined();
  });

  it('dies slowly: first the sign appears, then the glass fades, then the power is lost', async () => {
    const { device } = await provisioned('classic-time');
    const { capacityMah } = device.physical.cell;
    const seen: string[] = [];
    for (let used = 0.9; used <= 1; used += 0.005) {
      device.change({ usedMah: capacityMah * used });
      device.look();
      device.pressButton();
      run(device, 1_000);
      const { lowBattery, readAs, text } = device.glass;
      const now = !device.isPowered ? 'gone' : readAs !== text ? 'faded' : lowBattery ? 'sign' : 'well';
      if (seen.at(-1) !== now) seen.push(now);
      run(device, 60_000);
    }
    expect(seen).toEqual(['well', 'sign', 'faded', 'gone']);
  });

  it('shows the months left, on a kind that does so', async () => {
    const { device } = await provisioned('keypad', { pin: null, code: 'time' });
    const said: string[] = [];
    for (const share of [0.5, 0.95, 0.985, 0.995]) {
      device.change({ usedMah: device.physical.cell.capacityMah * share });
      device.pressButton();
      said.push(device.glass.batteryText);
    }
    expect(said).toEqual(['', 'bAtt 2', 'bAtt 1', 'bAtt 0']);
  });

  it('fails on a cold morning when nearly empty, and recovers at noon with the same charge', async () => {
    const { device, events } = await provisioned('usb-token', { load: { ...KEYPAD.load, sleep_uA: 900 } });
    device.change({ usedMah: device.physical.cell.capacityMah * 0.97 });
    device.putInto(-15);
    expect(device.isPowered).toBe(false);
    device.putInto(20);
    expect(device.stateName).toBe('dark');
    expect(kinds(events).filter((kind) => kind === 'shown')).toEqual([]);
  });

  it('is emptied in days or months by a stuck button, which counts as one press', async () => {
    const stuck = async (stuckMicroamps: number) => {
      const button = { ...KEYPAD.button, pullup_ohm: 100_000, stuck_uA: stuckMicroamps };
      const { device, events } = await provisioned('classic-event', { button });
      stick(device, true);
      let days = 0;
      for (; device.isPowered; days++) run(device, DAY_MS);
      expect(kinds(events).filter((kind) => kind === 'pressed')).toHaveLength(1);
      return days;
    };
    expect(await stuck(1_000)).toBeLessThan(5);
    expect(await stuck(0)).toBeGreaterThan(80);
  });

  it('treats a brief loss of contact as a reset and not as a press, and keeps the count', async () => {
    const { device, events } = await provisioned('usb-token', { code: 'event' });
    device.pressButton();
    run(device, 60_000);
    device.loseContact(40);
    expect(device.isPowered).toBe(false);
    run(device, 100);
    expect([device.stateName, device.counter]).toEqual(['dark', 1]);
    expect(kinds(events).filter((kind) => kind === 'pressed')).toHaveLength(1);
  });

  it('tears a single copy of the counter when a write takes the supply down, but keeps one of two intact', async () => {
    const write = async (counterCopies: 1 | 2) => {
      const storage = { seed_in: 'eeprom' as const, counter_copies: counterCopies, endurance_cycles: 100_000 };
      const { device, events } = await provisioned('usb-token', { code: 'event', storage });
      for (let i = 0; i < 5; i++) device.pressButton();
      device.change({ usedMah: device.physical.cell.capacityMah * 0.975 });
      device.putInto(-10);
      device.pressButton();
      expect(kinds(events)).toContain('torn-write');
      expect(kinds(events)).toContain('power-lost');
      device.putInto(25);
      return device.counter;
    };
    expect(await write(2)).toBe(5);
    expect([5, 6]).not.toContain(await write(1));
  });
});

describe('memory', () => {
  it('returns an older count after a loss of power when it is worn out', async () => {
    const storage = { seed_in: 'eeprom' as const, counter_copies: 2 as const, endurance_cycles: 20 };
    const { device, events } = await provisioned('usb-token', { code: 'event', storage });
    for (let i = 0; i < 20; i++) device.pressButton();
    device.loseContact(10);
    run(device, 100);
    expect([device.counter, kinds(events).includes('worn-write')]).toEqual([20, false]);
    for (let i = 0; i < 80; i++) device.pressButton();
    expect(device.counter).toBe(100);
    device.loseContact(10);
    run(device, 100);
    expect(kinds(events)).toContain('worn-write');
    expect(device.counter).toBeGreaterThanOrEqual(20);
    expect(device.counter).toBeLessThanOrEqual(100);
    expect(device.counter).toBe(device.physical.storedCounter);
  });

  it('keeps a seed for decades in a drawer but only months in an oven, and keeps a new one afterwards', async () => {
    // An industrial case, which stands the oven longer than the memory in it.
    const body = { ...KEYPAD.body, storage_C: { min: -40, max: 125 } };
    const { device, events } = await provisioned('usb-token', { body });
    plug(device, true);
    device.putInto(85);
    run(device, 400 * DAY_MS);
    device.putInto(25);
    device.pressButton();
    expect(device.display).toMatch(/^\d{8}$/);
    drain(device, 1_000);
    plug(device, false);
    plug(device, true);
    expect([device.stateName, kinds(events).includes('forgotten')]).toEqual(['blank', true]);
    const envelope = await sealEnvelope('seed', device.publicKey, Secret.copy(SEED), ENROLMENT);
    await device.provision({ enrolmentId: ENROLMENT, parameters: PARAMETERS }, envelope);
    plug(device, false);
    plug(device, true);
    expect(device.stateName).toBe('dark');
  });
});

describe('the case', () => {
  it('does nothing, leaves evidence or wipes the secrets when it is opened', async () => {
    const outcome = async (tamper: 'none' | 'evident' | 'zeroise') => {
      const { device } = await provisioned('classic-time', { body: { ...KEYPAD.body, tamper } });
      openCase(device);
      return [device.stateName, device.physical.isOpened];
    };
    expect(await outcome('none')).toEqual(['dark', true]);
    expect(await outcome('evident')).toEqual(['dark', true]);
    expect(await outcome('zeroise')).toEqual(['tampered', true]);
  });

  it('breaks some tokens in a fall, and kills all in a wash, at once or within weeks', async () => {
    const fates = { broken: 0, shocked: 0, washedDead: 0 };
    for (let seed = 0; seed < 60; seed++) {
      const dropped = await provisioned('classic-time', {}, seed);
      drop(dropped.device, 1.8);
      fates.broken += Number(dropped.device.physical.isBroken);
      fates.shocked += Number(dropped.device.physical.crystal.shockPpm !== 0);
      const washed = await provisioned('classic-time', {}, seed);
      washIt(washed.device);
      fates.washedDead += Number(washed.device.physical.isBroken);
      if (!washed.device.physical.isBroken) {
        run(washed.device, 60 * DAY_MS);
        expect(washed.device.isPowered).toBe(false);
      }
    }
    expect(fates.shocked).toBe(60);
    expect(fates.broken).toBeGreaterThan(2);
    expect(fates.broken).toBeLessThan(40);
    expect(fates.washedDead).toBeGreaterThan(15);
    expect(fates.washedDead).toBeLessThan(45);
  });
});

describe('races and rights', () => {
  it('does not use a seed that is opened late for the next provision', async () => {
    const { device } = await provisioned('usb-token');
    const other = Uint8Array.from(randomBytes(20));
    const seal = (seed: Uint8Array, id: string) => sealEnvelope('seed', device.publicKey, Secret.copy(seed), id);
    const [a, b] = ['a'.repeat(32), 'b'.repeat(32)];
    const [firstEnvelope, secondEnvelope] = [await seal(SEED, a), await seal(other, b)];
    const first = device.provision({ enrolmentId: a, parameters: PARAMETERS }, firstEnvelope);
    device.loseContact(10);
    run(device, 20);
    const second = device.provision({ enrolmentId: b, parameters: PARAMETERS }, secondEnvelope);
    expect(await Promise.all([first, second])).toEqual([false, true]);
    device.pressButton();
    const keyOfSecond = HmacKey.from('sha1', Secret.copy(other));
    expect(device.display).toBe(formatCode(totp(keyOfSecond, device.deviceTime, PARAMETERS, hotpDigits(8))));
  });

  it('does not change an existing PIN over the bus, in any state', async () => {
    const { device } = await provisioned('keypad');
    expect(device.setPin(pinBytes('1234'))).toBe(true);
    device.pressKey('ok');
    for (const one of '9999') device.pressKey(one as '9');
    device.pressKey('ok');
    run(device, 60_000);
    expect([device.setPin(pinBytes('9999')), device.pinTriesLeft]).toEqual([false, 4]);
    device.pressKey('ok');
    expect(device.setPin(pinBytes('9999'))).toBe(false);
  });

  it('wipes its secrets when it is opened without power, and stays off', async () => {
    const { device } = await provisioned('usb-token', { body: { ...KEYPAD.body, tamper: 'zeroise' } });
    drain(device, 1_000);
    openCase(device);
    expect([device.stateName, device.isPowered]).toEqual(['off', false]);
    plug(device, true);
    expect(device.stateName).toBe('tampered');
  });

  it('expires only once, regardless of presses', async () => {
    const { device, events } = await provisioned('classic-time', { life: { shut_off_years: 0.01 } });
    run(device, 10 * DAY_MS);
    for (let i = 0; i < 3; i++) {
      device.pressButton();
      run(device, 10_000);
    }
    expect(kinds(events).filter((kind) => kind === 'expired')).toHaveLength(1);
  });

  it('stays off for the longer of two overlapping losses of contact', async () => {
    const { device } = await provisioned('usb-token');
    device.loseContact(3_600_000);
    device.loseContact(1_000);
    run(device, 10_000);
    expect(device.isPowered).toBe(false);
    run(device, 3_600_000);
    expect(device.isPowered).toBe(true);
  });
});

describe('one world, one seed', () => {
  it('keeps the same clock however often it is checked', async () => {
    const aheadSeconds = async (stepMs: number) => {
      const { device } = await provisioned('classic-time');
      device.putInto(CLIMATES.car);
      for (let at = 0; at < 20 * DAY_MS; at += stepMs) run(device, stepMs);
      return (device.deviceTime - device.now) / 1_000;
    };
    expect(await aheadSeconds(60_000 * 8)).toBeCloseTo(await aheadSeconds(20 * DAY_MS), 6);
  });

  it('lives the same life from the same seed, and another life from another seed', async () => {
    const life = async (seed: number) => {
      const { device, events } = await provisioned('classic-time', {}, seed);
      device.putInto(CLIMATES.pocket);
      for (let week = 0; week < 30; week++) {
        run(device, 7 * DAY_MS);
        device.pressButton();
        if (week % 10 === 0) drop(device, 1.3);
      }
      return JSON.stringify([events, device.physical]);
    };
    expect(await life(1)).toBe(await life(1));
    expect(await life(1)).not.toBe(await life(2));
  });

  it('keeps a fork independent of the original', async () => {
    const { device } = await provisioned('classic-event');
    device.pressButton();
    const other = device.fork();
    other.pressButton();
    other.pressButton();
    expect([device.counter, other.counter]).toEqual([1, 3]);
    other.wipe();
    device.pressButton();
    expect(device.display).toBe(formatCode(hotp(key(), 1, hotpDigits(8))));
  });

  it('keeps a valid state and shows no code without a seed, after any actions in any order', async () => {
    const act = fc.constantFrom<((device: Device) => void)[]>(
      (device: Device) => device.pressButton(),
      (device: Device) => device.pressButton(3_000),
      (device: Device) => KEYS.forEach((one) => device.pressKey(one)),
      (device: Device) => void device.challenge('12345678'),
      (device: Device) => void device.setPin(pinBytes('0000')),
      (device: Device) => device.loseContact(50),
      (device: Device) => plug(device, true),
      (device: Device) => plug(device, false),
      (device: Device) => drain(device, 60),
      (device: Device) => drop(device, 1.5),
      (device: Device) => stick(device, !device.physical.isButtonStuck),
      (device: Device) => device.putInto(-40),
      (device: Device) => device.putInto(60),
      (device: Device) => void replaceCell(device),
      (device: Device) => run(device, 10_000),
      (device: Device) => run(device, 3 * DAY_MS),
      (device: Device) => openCase(device),
      (device: Device) => breakIt(device, 'a test'),
    );
    const name = fc.constantFrom('classic-time', 'classic-event', 'keypad', 'always-on', 'usb-token');
    await fc.assert(
      fc.asyncProperty(name, fc.array(act, { maxLength: 40 }), async (profile, acts) => {
        const { device } = await provisioned(profile);
        for (const one of acts) {
          one(device);
          if (!device.isPowered) expect(device.display).toBeUndefined();
          if (device.enrolmentId === '') expect(device.display === undefined || device.display === 'OFF').toBe(true);
          expect(device.supplyVolts).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 150 },
    );
  });
});

const KEYPAD: DeviceProfile = readDeviceProfile('keypad').profile;
