// Sends any bytes from a host to a token of each personality: no exception escapes, and the state
// stays valid.
import {
  Device,
  instant,
  PERSONALITIES,
  type PersonalityName,
  pluggable,
  readDeviceProfile,
} from '@ramz/token-emulator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc16, crc32OfWords } from '../../src/usb/crc.ts';
import { toReports } from '../../src/usb/personalities/ramz/framing.ts';
import { RECIPIENT, type SetupPacket, TYPE } from '../../src/usb/setup-packet.ts';

const SEED = Number(process.env['RAMZ_SEED'] ?? Math.floor(Math.random() * 1e9));
const RUNS = Number(process.env['RAMZ_FUZZ_RUNS'] ?? 400);
const START_MS = Date.UTC(2026, 0, 1);

const made = async (name: PersonalityName) => {
  const identity = { serial: 'RZ-000001', firmwareVersion: '0.1.0' };
  const { profile } = readDeviceProfile('keypad');
  const device = await Device.make({ identity, profile, now: instant(START_MS), seed: 1 });
  const token = pluggable(device, name);
  token.usb.attached(true);
  return token;
};

const setReport = (length: number): SetupPacket => ({
  requestType: TYPE.class | RECIPIENT.interface,
  request: 9,
  value: 0x0300,
  index: 0,
  length,
});

/** Returns the reports of a YubiKey frame with a valid CRC, or a wrong one. */
function yubikeyReports(payload: Uint8Array, command: number, breaks: boolean): Uint8Array[] {
  const frame = new Uint8Array(70);
  frame.set(payload.subarray(0, 64));
  frame[64] = command;
  const crc = crc16(frame.subarray(0, 64)) ^ Number(breaks);
  frame.set([crc & 0xff, crc >> 8], 65);
  return Array.from({ length: 10 }, (_, i) => Uint8Array.of(...frame.subarray(i * 7, i * 7 + 7), 0x80 | i));
}

function nitrokeyReport(bytes: Uint8Array, command: number, breaks: boolean): Uint8Array {
  const report = new Uint8Array(64);
  report.set(bytes.subarray(0, 59), 1);
  report[0] = command;
  new DataView(report.buffer).setUint32(60, crc32OfWords(report.slice(0, 60)) ^ Number(breaks), true);
  return report;
}

const payload = fc
  .uint8Array({ minLength: 64, maxLength: 64 })
  .chain((random) =>
    fc.oneof(fc.constant(random), fc.constant(new Uint8Array(64)), fc.constant(new Uint8Array(64).fill(0xff))),
  );
const act = fc.record({
  payload,
  command: fc.nat(255),
  breaks: fc.boolean(),
  touch: fc.boolean(),
  power: fc.boolean(),
});

describe(`bytes from hosts, RAMZ_SEED=${SEED}`, () => {
  it('yubikey-otp', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
        const { usb, touch, device } = await made('yubikey-otp');
        for (const one of acts) {
          for (const report of yubikeyReports(one.payload, one.command, one.breaks))
            await usb.control(setReport(8), report);
          if (one.touch) touch(one.command * 20);
          if (one.power) usb.attached(true);
          device.runUntil(instant(device.now + one.command * 100));
          const read = await usb.control({ ...setReport(8), requestType: 0xa1, request: 1 }, new Uint8Array());
          expect(read.status === 'ok' && read.bytes.length).toBe(8);
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  it('nitrokey-hotp', { timeout: 240_000 }, async () => {
    const admin = Uint8Array.of(...Buffer.from('12345678'.padEnd(25, '\0')), ...Buffer.alloc(25, 0x41));
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 16 }), async (acts) => {
        const { usb } = await made('nitrokey-hotp');
        await usb.control(setReport(64), nitrokeyReport(admin, 0x07, false));
        for (const one of acts) {
          // With the temporary password in front, the commands that change slots are reached.
          const bytes = one.touch ? Uint8Array.of(...Buffer.alloc(25, 0x41), ...one.payload) : one.payload;
          await usb.control(setReport(64), nitrokeyReport(bytes, one.command % 0x1a, one.breaks));
          if (one.power) usb.attached(true);
          const read = await usb.control({ ...setReport(64), requestType: 0xa1, request: 1 }, new Uint8Array());
          expect(read.status === 'ok' && read.bytes.length).toBe(64);
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  it('ramz: well-formed messages with any content', { timeout: 240_000 }, async () => {
    const message = fc.record({
      command: fc.nat(0x3f),
      exchange: fc.nat(255),
      payload: fc.uint8Array({ maxLength: 300 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { maxLength: 12 }),
        fc.array(fc.uint8Array({ minLength: 64, maxLength: 64 }), { maxLength: 4 }),
        async (messages, reports) => {
          const { usb } = await made('ramz');
          for (const one of messages) for (const report of toReports(one)) await usb.writeInterrupt(1, report);
          for (const report of reports) await usb.writeInterrupt(1, report);
          const info = toReports({ command: 1, exchange: 9, payload: new Uint8Array() });
          for (const report of info) expect((await usb.writeInterrupt(1, report)).status).toBe('ok');
        },
      ),
      { numRuns: RUNS, seed: SEED },
    );
  });

  it.each(PERSONALITIES)('%s: any setup packet', { timeout: 240_000 }, async (name) => {
    const { usb } = await made(name);
    const setup = fc.record({
      requestType: fc.nat(255),
      request: fc.nat(255),
      value: fc.nat(0xffff),
      index: fc.nat(0xffff),
      length: fc.nat(0xffff),
    });
    await fc.assert(
      fc.asyncProperty(setup, fc.uint8Array({ maxLength: 100 }), async (packet, data) => {
        const outcome = await usb.control(packet, data);
        if (outcome.status === 'ok') expect(outcome.bytes.length).toBeLessThanOrEqual(Math.max(packet.length, 0));
      }),
      { numRuns: RUNS * 5, seed: SEED },
    );
  });
});
