// A Nitrokey as its vendor's library and Heads drive it.
import { formatCode, HmacKey, hotp, hotpDigits, Secret } from '@ramz/otp-core';
import { instant } from '@ramz/token-emulator';
import { describe, expect, it } from 'vitest';
import { Device } from '../../src/device/device.ts';
import { breakIt, plug } from '../../src/device/harm.ts';
import { readDeviceProfile } from '../../src/profile/read-device-profile.ts';
import { crc32OfWords } from '../../src/usb/crc.ts';
import { type PluggableToken, pluggable } from '../../src/usb/personalities/plug-token.ts';

const START = instant(Date.UTC(2026, 0, 1));
const KEY = Buffer.from('3132333435363738393031323334353637383930', 'hex');
const TEMPORARY = Buffer.from('temporary'.padEnd(25, '\0'));
const STATUS = {
  ok: 0,
  wrongSlot: 2,
  notProgrammed: 3,
  wrongPassword: 4,
  notAuthorised: 5,
  timestampWarning: 6,
  noName: 7,
  notSupported: 8,
};
const codeAt = (count: number, digits = 6) =>
  Number(formatCode(hotp(HmacKey.from('sha1', Secret.copy(KEY)), count, hotpDigits(digits))));

const isTotp = (slot: number) => slot >= 0x20;

class Host {
  readonly token: PluggableToken;

  constructor(token: PluggableToken) {
    this.token = token;
    token.usb.attached(true);
  }

  static async plugIn(): Promise<Host> {
    const identity = { serial: 'RZ-1', firmwareVersion: '0.1.0' };
    const { profile } = readDeviceProfile('usb-token');
    const host = new Host(pluggable(await Device.make({ identity, profile, now: START, seed: 1 }), 'nitrokey-hotp'));
    if (host.authenticate() !== STATUS.ok) throw new Error('the factory PIN is right');
    return host;
  }

  ask(command: number, ...parts: readonly (Uint8Array | readonly number[])[]): { status: number; payload: Buffer } {
    const report = Buffer.alloc(64);
    report[0] = command;
    report.set(
      parts.flatMap((part) => [...part]),
      1,
    );
    report.writeUInt32LE(crc32OfWords(report.subarray(0, 60)), 60);
    const [keyboard] = this.token.usb.personality.functions;
    keyboard?.setFeature(report);
    const answer = Buffer.from(keyboard?.getFeature() ?? []);
    return { status: answer[6] ?? -1, payload: answer.subarray(7, 60) };
  }

  authenticate(pin = '12345678'): number {
    return this.ask(0x07, Buffer.from(pin.padEnd(25, '\0')), TEMPORARY).status;
  }

  send(type: 'N' | 'S', data: Uint8Array): number {
    return this.ask(0x17, TEMPORARY, [type.charCodeAt(0), 0], data).status;
  }

  write(slot: number, count = isTotp(slot) ? 30 : 0, flags = 0): number {
    const number = Buffer.alloc(8);
    number.writeBigUInt64LE(BigInt(count));
    return this.ask(0x01, TEMPORARY, [slot], number, [flags], Buffer.from('OMPTTMUI12345')).status;
  }

  setTime(seconds: number, first = 0): number {
    const time = Buffer.alloc(8);
    time.writeBigUInt64LE(BigInt(seconds));
    return this.ask(0x0b, [first], time).status;
  }

  program(slot: number, name = 'ramz'): number {
    this.send('S', KEY);
    this.send('N', Buffer.from(name));
    return this.write(slot);
  }

  code(slot: number): { status: number; code: number; payload: Buffer } {
    const { status, payload } = this.ask(0x04, [slot]);
    return { status, code: payload.readUInt32LE(0), payload };
  }
}

describe('a Nitrokey', () => {
  it('answers a code with its flags and the 13 bytes of its token id', async () => {
    const host = await Host.plugIn();
    expect(host.program(0x10)).toBe(STATUS.ok);
    const { code, payload } = host.code(0x10);
    expect(code).toBe(codeAt(0));
    expect(payload.subarray(5, 18).toString()).toBe('OMPTTMUI12345');
    expect(payload.subarray(18).every((byte) => byte === 0)).toBe(true);
  });

  it('keeps the key of a slot that is written without a secret', async () => {
    const host = await Host.plugIn();
    host.program(0x10);
    host.code(0x10);
    expect([host.send('N', Buffer.from('other')), host.write(0x10, 5)]).toEqual([STATUS.ok, STATUS.ok]);
    expect(host.code(0x10).code).toBe(codeAt(5));
    expect(host.ask(0x02, [0x10]).payload.subarray(0, 5).toString()).toBe('other');
  });

  it('refuses a slot without data as not authorised, and without a name as such', async () => {
    const host = await Host.plugIn();
    expect(host.write(0x10)).toBe(STATUS.notAuthorised);
    host.program(0x10, 'first');
    expect(host.write(0x11)).toBe(STATUS.notAuthorised);
    host.send('S', KEY);
    expect(host.write(0x11)).toBe(STATUS.noName);
    expect(host.code(0x11).status).toBe(STATUS.notProgrammed);
  });

  it('verifies the code of a host that proves itself, up to nine counts ahead, each once', async () => {
    const host = await Host.plugIn();
    const verify = (code: number) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(code);
      const { status, payload } = host.ask(0x18, bytes);
      return [status, payload[0], payload[1]];
    };
    expect(verify(codeAt(0))[0]).toBe(STATUS.notProgrammed);
    expect(host.program(0x13)).toBe(STATUS.ok);
    expect(verify(codeAt(0))).toEqual([STATUS.ok, 1, 0]);
    expect(verify(codeAt(0))).toEqual([STATUS.ok, 0, 0xff]);
    expect(verify(codeAt(10))).toEqual([STATUS.ok, 1, 9]);
    expect(verify(codeAt(21))).toEqual([STATUS.ok, 0, 0xff]);
    expect(verify(codeAt(11))).toEqual([STATUS.ok, 1, 0]);
    // The slot gives no codes: a person with the token could answer for the host.
    expect(host.code(0x13).status).toBe(STATUS.wrongSlot);
  });

  it('locks, and makes new keys of its safe, as "nitrocli lock" and "reset" ask', async () => {
    const host = await Host.plugIn();
    expect(host.ask(0x12).status).toBe(STATUS.ok);
    expect(host.send('N', Buffer.from('x'))).toBe(STATUS.notAuthorised);
    expect(host.ask(0x6b, Buffer.from('00000000')).status).toBe(STATUS.wrongPassword);
    expect(host.ask(0x6b, Buffer.from('12345678')).status).toBe(STATUS.ok);
    expect(host.ask(0x13, Buffer.from('12345678')).status).toBe(STATUS.ok);
    expect(host.code(0x10).status).toBe(STATUS.notProgrammed);
  });

  it('changes the user PIN, and unblocks it with the admin PIN', async () => {
    const host = await Host.plugIn();
    const pin = (text: string) => Buffer.from(text.padEnd(25, '\0'));
    expect(host.ask(0x14, pin('123456'), pin('654321')).status).toBe(STATUS.ok);
    for (let i = 0; i < 3; i++) host.ask(0x0e, pin('123456'), TEMPORARY);
    expect(host.ask(0x0f).payload[0]).toBe(0);
    expect(host.ask(0x0e, pin('654321'), TEMPORARY).status).toBe(STATUS.wrongPassword);
    expect(host.ask(0x11, pin('12345678'), pin('222222')).status).toBe(STATUS.ok);
    expect(host.ask(0x0e, pin('222222'), TEMPORARY).status).toBe(STATUS.ok);
  });

  it('keeps slots, counts and PINs with their tries in a fork', async () => {
    const host = await Host.plugIn();
    host.program(0x10);
    host.code(0x10);
    expect(host.authenticate('wrong')).toBe(STATUS.wrongPassword);
    const fork = new Host(pluggable(host.token.device.fork(), 'nitrokey-hotp'));
    expect(fork.ask(0x09).payload[0]).toBe(2);
    expect(fork.code(0x10).code).toBe(codeAt(1));
    fork.token.device.wipe();
    expect(host.code(0x10).code).toBe(codeAt(1));
  });

  it('drops what needs power when it is unplugged, with or without a host', async () => {
    const host = await Host.plugIn();
    host.program(0x20, 'totp');
    host.setTime(1_000_000_000);
    expect(host.code(0x20).code).not.toBe(codeAt(0));
    plug(host.token.device, false);
    plug(host.token.device, true);
    expect(host.send('N', Buffer.from('x'))).toBe(STATUS.notAuthorised);
    // Its time counts from the power-up.
    expect(host.code(0x20).code).toBe(codeAt(0));
    host.token.device.runUntil(instant(START + 31_000));
    expect(host.code(0x20).code).toBe(codeAt(1));
  });

  it('warns of a time before the last one, even after it was unplugged, and takes it when the host insists', async () => {
    const host = await Host.plugIn();
    const times = (at: number, first = 0) => host.setTime(at, first);
    expect([times(1_000_000_000), times(1_000_000_100), times(999_999_000)]).toEqual([0, 0, STATUS.timestampWarning]);
    const fork = new Host(pluggable(host.token.device.fork(), 'nitrokey-hotp'));
    expect(fork.setTime(999_999_000)).toBe(STATUS.timestampWarning);
    expect([times(999_999_000, 1), times(999_999_000)]).toEqual([0, 0]);
  });

  it('wears its memory with each write, and a torn one leaves no slot, the former PIN, the settings of the factory', async () => {
    const host = await Host.plugIn();
    const { device } = host.token;
    const pin = (text: string) => Buffer.from(text.padEnd(25, '\0'));
    host.program(0x10);
    const writes = device.physical.counterWrites;
    const config = Buffer.from([0xff, 0xff, 0xff, 1, 0]);
    expect(host.ask(0x05, config, TEMPORARY).status).toBe(STATUS.ok);
    expect(host.ask(0x14, pin('123456'), pin('654321')).status).toBe(STATUS.ok);
    expect(host.ask(0x11, pin('12345678'), pin('222222')).status).toBe(STATUS.ok);
    expect(host.ask(0x06, [0x11], TEMPORARY).status).toBe(STATUS.ok);
    expect(device.physical.counterWrites).toBe(writes + 4);
    device.writeKept = () => 'torn';
    expect(host.ask(0x15, pin('12345678'), pin('87654321')).status).toBe(STATUS.notSupported);
    expect(host.authenticate('12345678')).toBe(STATUS.ok);
    expect(host.ask(0x05, config, TEMPORARY).status).toBe(STATUS.notSupported);
    expect(host.ask(0x00).payload[9]).toBe(0);
    host.ask(0x06, [0x10], TEMPORARY);
    expect(host.code(0x10).status).toBe(STATUS.notProgrammed);
  });

  it('answers nothing once it is broken, and is gone without its cable', async () => {
    const host = await Host.plugIn();
    const { usb, device } = host.token;
    const setup = { requestType: 0x80, request: 6, value: 0x0100, index: 0, length: 18 };
    expect((await usb.control(setup, new Uint8Array())).status).toBe('ok');
    const waiting = usb.readInterrupt(1);
    breakIt(device, 'a hammer');
    expect((await usb.control(setup, new Uint8Array())).status).toBe('lost');
    expect((await usb.readInterrupt(1).done).status).toBe('lost');
    usb.attached(false);
    expect((await waiting.done).status).toBe('unplugged');
    expect((await usb.control(setup, new Uint8Array())).status).toBe('unplugged');
  });

  it('is silent without power, writes nothing, and begins a new session when it returns', async () => {
    const identity = { serial: 'RZ-1', firmwareVersion: '0.1.0' };
    const { profile } = readDeviceProfile('usb-token');
    const weak = { ...profile, usb: { powers_token: false } };
    const made = await Device.make({ identity, profile: weak, now: START, seed: 1 });
    const host = new Host(pluggable(made, 'nitrokey-hotp'));
    host.authenticate();
    host.program(0x10);
    const { device, usb } = host.token;
    const setup = { requestType: 0xa1, request: 1, value: 0x0300, index: 0, length: 64 };
    expect((await usb.control(setup, new Uint8Array())).status).toBe('ok');
    device.loseContact(1_000);
    expect((await usb.control(setup, new Uint8Array())).status).toBe('lost');
    expect(device.writeKept('anything')).toBe('worn');
    device.runUntil(instant(START + 2_000));
    expect(host.code(0x10).code).toBe(codeAt(0));
    expect(host.send('N', Buffer.from('x'))).toBe(STATUS.notAuthorised);
  });

  it('repeats nothing at the idle rate once it is broken', async () => {
    const identity = { serial: 'RZ-1', firmwareVersion: '0.1.0' };
    const { profile } = readDeviceProfile('usb-token');
    const made = await Device.make({ identity, profile, now: START, seed: 1 });
    const { usb, device } = pluggable(made, 'ramz', 0, 'keyboard-and-vendor');
    usb.attached(true);
    device.onCode('1');
    expect((await usb.readInterrupt(1).done).status).toBe('ok');
    expect((await usb.readInterrupt(1).done).status).toBe('ok');
    const setIdle = { requestType: 0x21, request: 10, value: 0x0500, index: 0, length: 0 };
    expect((await usb.control(setIdle, new Uint8Array())).status).toBe('ok');
    const waiting = usb.readInterrupt(1);
    breakIt(device, 'a test');
    const later = new Promise((done) => setTimeout(() => done('nothing'), 60));
    expect(await Promise.race([waiting.done, later])).toBe('nothing');
  });
});
