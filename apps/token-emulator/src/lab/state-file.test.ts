import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeBase32, Secret } from '@ramz/otp-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pinBytes } from '../firmware/token-machine.ts';
import { CLIMATES } from '../physics/climate.ts';
import { instant } from '../time/instant.ts';
import { crc16, withCrc16 } from '../usb/crc.ts';
import { LabRefused } from './lab-refused.ts';
import { Laboratory } from './laboratory.ts';
import { loadSeed } from './load-seed.ts';
import { lockState, readState, writeState } from './state-file.ts';

const START = instant(Date.UTC(2026, 0, 1));
const SEED = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const passphrase = (text = 'a passphrase of a laboratory') => Secret.copy(Buffer.from(text));
const laboratory = () => new Laboratory({ now: START, seed: 1, allowsVendorIdentity: true });

/** Writes an HOTP slot into the YubiKey of a laboratory. */
function program(lab: Laboratory): void {
  const record = Buffer.alloc(50);
  record.set(Buffer.from('0123456789'.repeat(3), 'hex'), 22);
  record[46] = 0x40;
  const frame = Buffer.alloc(70);
  frame.set(withCrc16(record));
  frame[64] = 1;
  frame.writeUInt16LE(crc16(frame.subarray(0, 64)), 65);
  const [keyboard] = lab.token('token-6').usb.personality.functions;
  for (let i = 0; i < 10; i++) keyboard?.setFeature(Uint8Array.of(...frame.subarray(7 * i, 7 * i + 7), 0x80 | i));
}

/** What two touches of the YubiKey type, as key usages. */
function codes(lab: Laboratory): number[] {
  const { usb, touch } = lab.token('token-6');
  usb.attached(true);
  touch(100);
  touch(100);
  const [keyboard] = usb.personality.functions;
  const usages: number[] = [];
  for (let report = keyboard?.inputs.takeNow(); report !== undefined; report = keyboard?.inputs.takeNow()) {
    usages.push(report[2] ?? 0);
  }
  expect(usages.filter((usage) => usage !== 0)).toHaveLength(12);
  return usages;
}

describe('the state of a laboratory in a file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ramz-state-'));
    path = join(folder, 'lab.state');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function busy(): Promise<Laboratory> {
    const lab = laboratory();
    for (const profile of ['classic-time', 'usb-token', 'keypad', 'always-on']) {
      const { device } = await lab.add({ profile });
      await loadSeed(device, Secret.copy(decodeBase32(SEED)), 'a'.repeat(32));
    }
    lab.token('token-3').device.setPin(pinBytes('1234'));
    lab.token('token-1').device.putInto(CLIMATES.car);
    await lab.add({ profile: 'usb-token', personality: 'nitrokey-hotp' });
    await lab.add({ profile: 'usb-token', personality: 'yubikey-otp' });
    program(lab);
    lab.runUntil(instant(START + 40 * 86_400_000));
    lab.token('token-1').device.pressButton();
    lab.token('token-2').device.loseContact(3_600_000);
    return lab;
  }

  it('continues as the laboratory would have continued', async () => {
    const lab = await busy();
    writeState(path, await lab.save(), passphrase());
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const again = laboratory();
    const saved = readState(path, passphrase());
    if (saved === undefined) throw new Error('the state was written');
    await again.restore(saved.lab);
    saved.wipe();
    expect([again.now, again.tokens.map(({ name }) => name)]).toEqual([lab.now, lab.tokens.map(({ name }) => name)]);
    for (const one of [lab, again]) one.runUntil(instant(one.now + 400 * 86_400_000));
    for (const { name, device, personality } of lab.tokens) {
      const other = again.token(name);
      other.device.pressButton();
      device.pressButton();
      expect(other.personality).toBe(personality);
      expect(other.device.physical).toEqual(device.physical);
      expect([other.device.deviceTime, other.device.display]).toEqual([device.deviceTime, device.display]);
      expect(other.device.publicKey).toEqual(device.publicKey);
    }
    expect(codes(again)).toEqual(codes(lab));
    expect((await again.add({})).name).toBe('token-7');
  });

  it('has no hosts, the serial numbers of its keys, and the tables of its climates', async () => {
    const lab = await busy();
    lab.token('token-6').usb.attached(true);
    lab.remove('token-2');
    const fork = lab.fork('token-6', 'fork');
    expect([fork.device.physical.isUsbPlugged, lab.token('token-6').device.physical.isUsbPlugged]).toEqual([
      false,
      true,
    ]);
    writeState(path, await lab.save(), passphrase());
    const again = laboratory();
    const saved = readState(path, passphrase());
    if (saved === undefined) throw new Error('the state was written');
    await again.restore(saved.lab);
    const serials = (one: Laboratory) => one.tokens.map(({ usb }) => usb.personality.usb.serial);
    expect(serials(again)).toEqual(serials(lab));
    expect(again.tokens.some(({ device }) => device.physical.isUsbPlugged)).toBe(false);
    expect(again.token('token-1').device.snapshot().steady.weather).toBe(
      lab.token('token-1').device.snapshot().steady.weather,
    );
    expect(serials(again)).not.toContain(
      (await again.add({ profile: 'usb-token', personality: 'yubikey-otp' })).usb.personality.usb.serial,
    );
  });

  it('is of one moment, also if tokens are wiped while it is saved', async () => {
    const lab = await busy();
    const { device } = lab.token('token-2');
    const [{ usb }, { device: stick }] = [lab.token('token-6'), lab.token('token-6')];
    const saving = lab.save();
    device.wipe();
    stick.wipe();
    usb.attached(true);
    const saved = await saving;
    const again = laboratory();
    await again.restore(saved);
    expect(again.token('token-2').device.enrolmentId).toBe('a'.repeat(32));
  });

  it('is of one process: a second laboratory on the file would undo it', () => {
    const free = lockState(path);
    expect(() => lockState(path)).toThrow(`is in use by process ${process.pid}`);
    free();
    // A process that has gone left its lock.
    writeFileSync(`${path}.lock`, '999999999\n');
    lockState(path)();
  });

  it('holds no seed in the clear, and opens under its passphrase only', async () => {
    const lab = await busy();
    writeState(path, await lab.save(), passphrase());
    expect(readFileSync(path).includes(Buffer.from(decodeBase32(SEED)))).toBe(false);
    expect(() => readState(path, passphrase('another passphrase'))).toThrow(/passphrase is wrong/);
    const changed = readFileSync(path);
    changed[changed.length - 20] = (changed[changed.length - 20] ?? 0) ^ 1;
    writeFileSync(path, changed);
    expect(() => readState(path, passphrase())).toThrow(/was changed/);
  }, 30_000);

  it('says what a file is that it does not read', () => {
    expect(readState(path, passphrase())).toBeUndefined();
    writeFileSync(path, 'RAMZ-LAB\u0009');
    expect(() => readState(path, passphrase())).toThrow(/has version 9: this program reads version 1/);
    writeFileSync(path, 'nonsense');
    expect(() => readState(path, passphrase())).toThrow(/is not the state of a laboratory/);
  });

  it('says so if its file was cut short, wherever', async () => {
    const lab = await busy();
    writeState(path, await lab.save(), passphrase());
    const whole = readFileSync(path);
    for (const length of [0, 5, 8, 9, 10, 60, 9 + 2 + whole.readUInt16BE(9) + 5]) {
      writeFileSync(path, whole.subarray(0, length));
      expect(() => readState(path, passphrase())).toThrow(LabRefused);
    }
  });
});
