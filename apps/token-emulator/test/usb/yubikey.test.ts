// A YubiKey as its vendor's tools drive it.
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Device } from '../../src/device/device.ts';
import { readDeviceProfile } from '../../src/profile/read-device-profile.ts';
import { pluggable } from '../../src/usb/personalities/plug-token.ts';
import { KEY, START, YubiKeyHost } from './yubikey-host.ts';

const RFC_KEY = Buffer.from('3132333435363738393031323334353637383930', 'hex');

describe('a YubiKey', () => {
  it('counts its programming sequence from 0 by one, and back to 0 with the last slot', async () => {
    const host = await YubiKeyHost.plugIn();
    expect(host.status).toEqual({ sequence: 0, touchLevel: 0 });
    host.write(2, { ticket: 0x40, config: 0x22 });
    expect(host.status.sequence).toBe(1);
    host.write(1, {});
    expect(host.status.sequence).toBe(2);
    host.replug();
    expect(host.status.sequence).toBe(1);
    host.send(1, new Uint8Array(64));
    expect(host.status.sequence).toBe(2);
    host.send(3, new Uint8Array(64));
    expect(host.status.sequence).toBe(0);
  });

  it('repeats no pair of counters, whichever slots are touched between power-ups', async () => {
    const host = await YubiKeyHost.plugIn();
    host.write(1, {});
    host.write(2, {});
    const seen = new Set<string>();
    const touch = (slot: 1 | 2) => {
      const pair = `${slot}: ${host.counters(slot === 1 ? 100 : 3_000).join()}`;
      expect(seen.has(pair)).toBe(false);
      seen.add(pair);
    };
    touch(2);
    touch(2);
    host.replug();
    touch(1);
    touch(2);
    for (let i = 0; i < 600; i++) touch(i % 3 === 0 ? 1 : 2);
    expect([...seen].slice(0, 2)).toEqual(['2: 1,0', '2: 1,1']);
    expect(seen.has('2: 2,0')).toBe(true);
  });

  it('repeats no pair of counters of a slot that was swapped', async () => {
    const host = await YubiKeyHost.plugIn();
    host.write(1, {});
    host.write(2, {});
    const ofSecond = [host.counters(3_000), host.counters(3_000), host.counters(3_000)];
    host.replug();
    host.counters();
    host.send(6, new Uint8Array(64));
    const pairs = [...ofSecond, host.counters(), host.counters()].map(String);
    expect(new Set(pairs).size).toBe(5);
  });

  it('counts the first use of a new record, also in a session in which the slot was used', async () => {
    const host = await YubiKeyHost.plugIn();
    host.write(1, {});
    expect([host.counters(), host.counters()]).toEqual([
      [1, 0],
      [1, 1],
    ]);
    host.write(1, { uid: Buffer.from('new') });
    expect([host.counters(), host.counters()]).toEqual([
      [1, 0],
      [1, 1],
    ]);
    host.replug();
    expect(host.counters()).toEqual([2, 0]);
  });

  it('types nothing more once its use counter is at its end', async () => {
    const host = await YubiKeyHost.plugIn();
    host.write(1, {});
    for (let i = 0; i < 0x7fff; i++) {
      host.replug();
      host.strokes();
    }
    host.replug();
    expect(host.typed()).toBe('');
  });

  it('types a password of key codes as such, and Enter', async () => {
    const host = await YubiKeyHost.plugIn();
    // "Ramz" on a US keyboard: shift and r, a, m, z.
    host.write(1, { fixed: Buffer.from([0x95, 0x04, 0x10, 0x1d]), key: Buffer.alloc(16), ticket: 0x20, config: 0x02 });
    expect(host.typed()).toBe('Ramz\n');
    expect(host.typed()).toBe('Ramz\n');
  });

  it('types a static ticket that never changes, in capitals and digits where its flags say so', async () => {
    const host = await YubiKeyHost.plugIn();
    host.write(2, { config: 0x20 });
    const plain = host.typed(3_000);
    expect(plain).toMatch(/^[cbdefghijklnrtuv]{32}$/);
    host.replug();
    expect(host.typed(3_000)).toBe(plain);
    host.write(2, { config: 0x20 | 0x10 | 0x40, ticket: 0x20 });
    const strong = host.typed(3_000);
    expect(strong).toMatch(/^[0-7ijklnrtuvIJKLNRTUV]{32}\n$/);
    expect(strong.replaceAll(/[^A-Z]/g, '')).toHaveLength(2);
    host.write(2, { config: 0x22 });
    expect(host.typed(3_000)).toBe(plain.slice(0, 16));
  });

  it.each([
    [0x50, 'cccc12345678', 'ccccbdefghij'],
    [0x40, 'cccc12345678', 'cccc12345678'],
    [0x10, 'cccc12345678', 'cc0012345678'],
    [0x00, 'cccc12345678', '000012345678'],
  ])('types an OATH identity as its flags %s say', async (flags, _, expected) => {
    const host = await YubiKeyHost.plugIn();
    const fixed = Buffer.from('000012345678', 'hex');
    const long = { key: RFC_KEY.subarray(0, 16), uid: Buffer.concat([RFC_KEY.subarray(16), Buffer.alloc(2)]) };
    host.write(1, { ...long, fixed, ticket: 0x40, config: flags });
    const typed = host.typed();
    expect(typed.startsWith(expected)).toBe(true);
    expect(typed.slice(-6)).toBe('755224');
    expect(host.typed().slice(-6)).toBe('287082');
  });

  it('puts tabs, pauses and Enter where the ticket flags say, and digits on the keypad', async () => {
    const host = await YubiKeyHost.plugIn();
    const fixed = Buffer.from('0011', 'hex');
    host.write(1, { fixed, ticket: 0x01 | 0x02 | 0x04 | 0x20 });
    expect(host.typed()).toMatch(/^\tccbb\t[cbdefghijklnrtuv]{32}\t\n$/);
    host.write(1, { ticket: 0x40, extended: 0x08 });
    expect(host.typed()).toMatch(/^(\[\d\]){6}$/);
    host.write(1, { fixed });
    const usual = host.strokes().length;
    host.write(1, { fixed, config: 0x04 });
    expect(host.strokes().length).toBe(usual + 36);
    host.write(1, { fixed, config: 0x0c });
    expect(host.strokes().length).toBe(usual + 3 * 36);
    host.write(1, { fixed, ticket: 0x08 | 0x10 });
    expect(host.strokes().length).toBe(usual + 2 * 50);
  });

  it('updates a slot that allows it, in its flags only, and no other', async () => {
    const host = await YubiKeyHost.plugIn();
    host.write(1, { ticket: 0x40 });
    host.update(1, { ticket: 0x20 });
    expect(host.typed()).toMatch(/^\d{6}$/);
    host.write(1, { ticket: 0x40, extended: 0x20 });
    const { sequence } = host.status;
    host.update(1, { key: Buffer.alloc(16, 9), ticket: 0x20 | 0x80, extended: 0x20 });
    expect(host.status.sequence).toBe((sequence ?? 0) + 1);
    expect(host.typed()).toMatch(/^\d{6}\n$/);
  });

  it('shows nothing of a dormant slot, until an update wakes it', async () => {
    const host = await YubiKeyHost.plugIn();
    host.write(1, { extended: 0x20 | 0x40 });
    expect([host.status.touchLevel, host.typed()]).toEqual([0, '']);
    host.update(1, { extended: 0x20 });
    expect(host.status.touchLevel).toBe(1 | 4);
    expect(host.typed()).toHaveLength(32);
  });

  it('shows its serial number where a slot says so, and everywhere while it is empty', async () => {
    const host = await YubiKeyHost.plugIn();
    const askSerial = () => {
      host.send(0x10, new Uint8Array(64));
      return host.answer().length;
    };
    expect([askSerial(), host.token.usb.personality.usb.serial]).toEqual([7, '0099000000']);
    host.write(1, {});
    expect([askSerial(), host.token.usb.personality.usb.serial]).toEqual([0, '']);
    host.write(2, { extended: 0x02 | 0x04 });
    expect([askSerial(), host.token.usb.personality.usb.serial]).toEqual([7, '0099000000']);
  });

  it('protects its second slot from writes and swaps', async () => {
    const host = await YubiKeyHost.plugIn();
    host.write(1, { ticket: 0x80 });
    host.write(2, {});
    expect(host.status.touchLevel).toBe(1 | 4);
    host.send(6, new Uint8Array(64));
    expect(host.status.touchLevel).toBe(1 | 4);
    host.write(1, {});
    host.write(2, {});
    expect((host.status.touchLevel ?? 0) & 3).toBe(3);
  });

  it('acts at once where a long touch has no meaning, else when it is let go', async () => {
    const host = await YubiKeyHost.plugIn();
    host.write(1, { extended: 0x10 });
    const count = () => host.strokes(0).length;
    host.token.button(true);
    expect(host.token.usb.personality.functions[0]?.inputs.takeNow()).toBeDefined();
    host.token.button(false);
    count();
    host.write(2, {});
    count();
    host.token.button(true);
    expect(host.token.usb.personality.functions[0]?.inputs.takeNow()).toBeUndefined();
    host.token.button(false);
    expect(host.token.usb.personality.functions[0]?.inputs.takeNow()).toBeDefined();
  });

  it('counts and types nothing while it is unplugged', async () => {
    const host = await YubiKeyHost.plugIn();
    host.write(1, {});
    expect(host.counters()).toEqual([1, 0]);
    host.token.usb.attached(false);
    for (let i = 0; i < 5; i++) host.token.touch(100);
    host.token.usb.attached(true);
    expect(host.counters()).toEqual([2, 0]);
  });

  it('keeps slots and counters in a fork, which then goes its own way', async () => {
    const host = await YubiKeyHost.plugIn();
    host.write(1, {});
    host.write(2, { ticket: 0x40, config: 0x22 });
    expect(host.counters()).toEqual([1, 0]);
    const fork = new YubiKeyHost(pluggable(host.token.device.fork(), 'yubikey-otp'));
    expect(fork.counters()).toEqual([2, 0]);
    fork.send(1, new Uint8Array(64));
    host.replug();
    expect(host.counters()).toEqual([2, 0]);
    fork.token.device.wipe();
    host.send(0x38, Buffer.from('Sample #2'));
    const long = Buffer.concat([KEY, Buffer.alloc(4)]);
    const mac = createHmac('sha1', long)
      .update(Buffer.concat([Buffer.from('Sample #2'), Buffer.alloc(55)]))
      .digest();
    expect(host.answer().subarray(0, 20)).toEqual(mac);
  });

  it('loses a slot to a write that takes the supply down', async () => {
    const identity = { serial: 'RZ-1', firmwareVersion: '0.1.0' };
    const profile = { ...readDeviceProfile('usb-token').profile, usb: { powers_token: false } };
    const device = await Device.make({ identity, profile, now: START, seed: 1 });
    const host = new YubiKeyHost(pluggable(device, 'yubikey-otp'));
    host.write(1, {});
    device.change({ usedMah: device.physical.cell.capacityMah * 0.975 });
    device.putInto(-10);
    const events: string[] = [];
    device.onEvent = ({ kind }) => void events.push(kind);
    host.write(1, { ticket: 0x40 });
    expect(events).toContain('torn-write');
    expect(host.status).toEqual({ sequence: 0, touchLevel: 0 });
  });
});
