import { randomBytes } from 'node:crypto';
import { sealEnvelope } from '@ramz/custody';
import { formatCode, HmacKey, hotpDigits, Secret, totp } from '@ramz/otp-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { Device } from '../device/device.ts';
import { withoutShelf } from '../profile/device-profile.ts';
import { readDeviceProfile } from '../profile/read-device-profile.ts';
import { instant } from '../time/instant.ts';
import { InProcessTransport } from '../transport/in-process.ts';
import { pluggable } from '../usb/personalities/plug-token.ts';
import { toReports } from '../usb/personalities/ramz/framing.ts';
import { ANSWER, COMMAND } from '../usb/personalities/ramz/ramz-commands.ts';
import { RamzToken } from './ramz-token.ts';

const PARAMETERS = { hash: 'sha1', digits: 8, periodSeconds: 60, t0Seconds: 0 } as const;
const START_MS = Date.UTC(2026, 0, 1);
const ENROLMENT = '0123456789abcdef0123456789abcdef';

describe('a token and its host', () => {
  let device: Device;
  let transport: InProcessTransport;
  let token: RamzToken;
  let seed: Uint8Array;

  beforeEach(async () => {
    device = await Device.make({
      identity: { serial: 'RZ-000001', firmwareVersion: '0.1.0' },
      profile: withoutShelf(readDeviceProfile('classic-time').profile),
      now: instant(START_MS),
    });
    transport = new InProcessTransport(pluggable(device).usb);
    token = new RamzToken(transport);
    seed = Uint8Array.from(randomBytes(20));
  });

  const provision = async (context = ENROLMENT, key = device.publicKey) =>
    token.provision(ENROLMENT, PARAMETERS, await sealEnvelope('seed', key, Secret.copy(seed), context));
  const codeAt = (timeMs: number) =>
    formatCode(totp(HmacKey.from('sha1', Secret.copy(seed)), timeMs, PARAMETERS, hotpDigits(8)));

  it('reports its identity', async () => {
    expect(await token.info()).toMatchObject({ serial: 'RZ-000001', enrolmentId: '', publicKey: device.publicKey });
    await provision();
    expect((await token.info()).enrolmentId).toBe(ENROLMENT);
  });

  it('shows the code for its own time for thirty seconds when pressed', async () => {
    await provision();
    expect(await token.readDisplay()).toBeUndefined();
    await token.press();
    expect(await token.readDisplay()).toBe(codeAt(START_MS));
    device.runUntil(instant(START_MS + 29_998));
    expect(await token.readDisplay()).toBe(codeAt(START_MS));
    // Thirty seconds by its own clock, which is a little slow or fast.
    device.runUntil(instant(START_MS + 30_002));
    expect(await token.readDisplay()).toBeUndefined();
    device.runUntil(instant(START_MS + 60_002));
    await token.press();
    expect(await token.readDisplay()).toBe(codeAt(START_MS + 60_000));
  });

  it('shows the code for another thirty seconds when pressed again', async () => {
    await provision();
    await token.press();
    device.runUntil(instant(START_MS + 20_000));
    await token.press();
    device.runUntil(instant(START_MS + 49_999));
    expect(await token.readDisplay()).toBe(codeAt(START_MS));
  });

  it('does nothing when pressed while blank', async () => {
    await expect(token.press()).rejects.toMatchObject({ reason: 'not-in-this-state' });
    expect(device.stateName).toBe('blank');
  });

  it('rejects a seed sealed for another token or another enrolment, and is blank afterwards', async () => {
    const other = await Device.make({ ...device, now: instant(0) });
    await expect(provision(ENROLMENT, other.publicKey)).rejects.toMatchObject({ reason: 'seed-refused' });
    await expect(provision('f'.repeat(32))).rejects.toMatchObject({ reason: 'seed-refused' });
    expect(device.stateName).toBe('blank');
  });

  it('replaces the old seed with a new one', async () => {
    await provision();
    seed = Uint8Array.from(randomBytes(20));
    await provision();
    await token.press();
    expect(await token.readDisplay()).toBe(codeAt(START_MS));
  });

  it('rejects a time in the past', () => {
    expect(() => device.runUntil(instant(START_MS - 1))).toThrow(RangeError);
  });

  it('answers an unknown command, a malformed seed and a broken frame, and keeps working', async () => {
    const ask = async (command: number, payload: Uint8Array) => {
      for (const report of toReports({ command, exchange: 1, payload }))
        await transport.write(Buffer.concat([Buffer.of(0), report]));
      return (await transport.read(0))?.subarray(0, 5);
    };
    expect([...((await ask(0x2a, new Uint8Array())) ?? [])]).toEqual([0x80 | 0x2a, 1, 0, 1, ANSWER.unknownCommand]);
    expect([...((await ask(COMMAND.provision, new Uint8Array(10))) ?? [])]).toEqual([0x83, 1, 0, 1, ANSWER.malformed]);
    await transport.write(Buffer.of(0, 5, 7));
    expect([...((await transport.read(0))?.subarray(0, 5) ?? [])]).toEqual([
      0x80 | COMMAND.error,
      7,
      0,
      1,
      ANSWER.malformed,
    ]);
    expect((await token.info()).serial).toBe('RZ-000001');
  });

  it('reports that a device was closed', async () => {
    await token.close();
    await expect(token.info()).rejects.toThrow('closed');
  });
});
