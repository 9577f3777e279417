// The USB/IP server, with regular hosts and with hostile ones.
import { sealEnvelope } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import { InProcessTransport, instant, Laboratory, RamzToken } from '@ramz/token-emulator';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsbIpBench } from './usbip-bench.ts';
import { UsbIpHost } from './usbip-host.ts';

const DEVICE = '8006000100004000';
const QUALIFIER = '8006000600000a00';
const REPORT = '8106002201004000';
const ENROLMENT = '0123456789abcdef0123456789abcdef';
const GET_FEATURE = 'a101000300000800';

describe('the USB/IP server', () => {
  let bench: UsbIpBench;
  beforeEach(async () => {
    bench = await UsbIpBench.lay();
  });
  afterEach(() => bench.clear());

  it('lists its devices, and reads a bus id up to its first zero', async () => {
    const { count, bytes } = await bench.host().list();
    expect(count).toBe(1);
    expect(bytes.readUInt16BE(256 + 32 + 12)).toBe(0x1209);
    expect(await bench.host().attach(`${bench.busId}\0whatever lay there`)).toBe(0);
    expect(await bench.host().attach('9-9')).not.toBe(0);
  });

  it('gives a device to one host, and to the next as soon as that one leaves', async () => {
    const first = await bench.attached();
    expect(await bench.host().attach(bench.busId)).not.toBe(0);
    first.socket.destroy();
    await expect.poll(async () => bench.host().attach(bench.busId)).toBe(0);
  });

  it('returns descriptors, stalls the qualifier, and gives power while a host is attached', async () => {
    const one = await bench.attached();
    expect((await one.control(DEVICE, 64))?.data.length).toBe(18);
    expect((await one.control(QUALIFIER, 10))?.status).toBe(-32);
    expect((await one.control(REPORT, 64))?.data.subarray(0, 3)).toEqual(Buffer.from([0x06, 0x52, 0xff]));
    expect(bench.token.device.physical.isUsbPlugged).toBe(true);
    one.socket.destroy();
    await expect.poll(() => bench.token.device.physical.isUsbPlugged).toBe(false);
  });

  it('fills a long buffer as far as there is data, and stalls what is too long to take', async () => {
    const one = await bench.attached();
    expect((await one.control(DEVICE, 60_000))?.data.length).toBe(18);
    expect((await one.control('2109000301008813', 5_000, new Uint8Array(5_000)))?.status).toBe(-32);
    expect((await one.control(DEVICE, 18))?.data.length).toBe(18);
  });

  it('disconnects a host whose transfers name another device', async () => {
    const one = await bench.attached();
    one.deviceId += 1;
    expect(await one.control(DEVICE, 18)).toBeUndefined();
    await expect.poll(async () => bench.host().attach(bench.busId)).toBe(0);
  });

  const STALLED = -32;
  it.each([
    ['the status of the device', '8000000000000200', [0, 0]],
    ['the status of an interface', '8100000001000200', [0, 0]],
    ['the status of an interface that is not there', '8100000002000200', STALLED],
    ['the status of endpoint 0', '8200000000000200', [0, 0]],
    ['the status of an endpoint', '8200000081000200', [0, 0]],
    ['the status of an endpoint that is not there', '8200000085000200', STALLED],
    ['remote wake-up, which it does not have', '0003010000000000', STALLED],
    ['a halt of endpoint 0', '0203000000000000', STALLED],
    ['an unknown feature of an endpoint', '0203070081000000', STALLED],
    ['the setting of an interface that is not there', '810a000005000100', STALLED],
    ['a setting that an interface does not have', '010b010000000000', STALLED],
    ['a second device descriptor', '8006010100001200', STALLED],
    ['a synch frame', '820c000081000200', STALLED],
    ['the protocol of the keyboard', 'a103000000000100', [1]],
    ['the protocol of an interface without one', 'a103000001000100', STALLED],
    ['a report with a number', 'a101050301000800', STALLED],
    ['the idle rate of a report with a number', 'a102030000000100', STALLED],
  ] as const)('answers %s', async (_, setup, wanted) => {
    const one = await bench.attached();
    const isToHost = Number.parseInt(setup.slice(0, 2), 16) >= 0x80;
    const answer = await one.control(setup, isToHost ? 8 : 0);
    if (wanted === STALLED) expect(answer?.status).toBe(STALLED);
    else expect([...(answer?.data ?? [])]).toEqual([...wanted]);
  });

  it('stalls an endpoint that a host has halted, until it clears that', async () => {
    const one = await bench.attached();
    bench.token.device.onCode('7');
    expect((await one.control('0203000081000000', 0))?.status).toBe(0);
    expect([...((await one.control('8200000081000200', 2))?.data ?? [])]).toEqual([1, 0]);
    one.submit(1, true, 8, ''.padEnd(16, '0'));
    expect((await one.next())?.status).toBe(STALLED);
    expect((await one.control('0201000081000000', 0))?.status).toBe(0);
    one.submit(1, true, 8, ''.padEnd(16, '0'));
    expect(await one.next()).toMatchObject({ status: 0, data: Buffer.from([0, 0, 0x24, 0, 0, 0, 0, 0]) });
  });

  it('repeats the last report in the idle rate that a host has set', async () => {
    const one = await bench.attached();
    bench.token.device.onCode('7');
    const read = async () => {
      one.submit(1, true, 8, ''.padEnd(16, '0'));
      return (await one.next())?.data[2];
    };
    expect([await read(), await read()]).toEqual([0x24, 0]);
    expect((await one.control('210a000a00000000', 0))?.status).toBe(0);
    expect((await one.control('a102000000000100', 1))?.data[0]).toBe(10);
    const beganMs = performance.now();
    expect(await read()).toBe(0);
    expect(performance.now() - beganMs).toBeGreaterThan(35);
  });

  it('serves a hundred devices on one bus, each with its own host', async () => {
    const laboratory = new Laboratory({ now: instant(0), seed: 1, allowsVendorIdentity: false });
    const ids: string[] = [];
    laboratory.onToken = ({ wire }) => void ids.push(bench.server.plug(wire));
    for (let i = 0; i < 100; i++) await laboratory.add({});
    expect((await bench.host().list()).count).toBe(101);
    const all = ids.map(() => bench.host());
    expect(await Promise.all(all.map((one, i) => one.attach(ids[i] ?? '')))).toEqual(ids.map(() => 0));
    const answers = await Promise.all(all.map((one) => one.control(DEVICE, 18)));
    expect(answers.every((answer) => answer?.data.length === 18)).toBe(true);
  });

  it('applies faults: a stall, a short answer, no answer, and a pulled cable', async () => {
    const one = await bench.attached();
    const fault = { on: 'control-in' as const, after: 0, times: 1, late_ms: 0 };
    bench.token.wire.plan({ ...fault, fault: 'stall' });
    expect((await one.control(DEVICE, 18))?.status).toBe(-32);
    bench.token.wire.plan({ ...fault, fault: 'short' });
    expect((await one.control(DEVICE, 18))?.data.length).toBe(9);
    bench.token.wire.plan({ ...fault, fault: 'lost' });
    one.submit(0, true, 18, DEVICE);
    expect((await one.control(DEVICE, 18))?.data.length).toBe(18);
    bench.token.wire.plan({ ...fault, fault: 'unplug' });
    expect(await one.control(DEVICE, 18)).toBeUndefined();
  });

  it('rejects parameters that can make no code, or shows FAIL on the glass', async () => {
    const hostOf = new RamzToken(new InProcessTransport(bench.token.wire));
    const load = async (parameters: object, seed = new Uint8Array(20)) => {
      const envelope = await sealEnvelope('seed', bench.token.device.publicKey, Secret.copy(seed), ENROLMENT);
      const whole = { hash: 'sha1' as const, digits: 8, periodSeconds: 60, t0Seconds: 0, ...parameters };
      return hostOf.provision(ENROLMENT, whole, envelope);
    };
    await load({ t0Seconds: 4e12 });
    bench.token.device.pressButton();
    expect(bench.token.device.display).toBe('FAIL');
    await expect(load({}, new Uint8Array(1))).rejects.toThrow('seed-refused');
    await expect(load({ ocraSuite: 'nonsense' })).rejects.toThrow('seed-refused');
    await expect(load({ ocraSuite: 'OCRA-1:HOTP-SHA1-0:QN08' })).rejects.toThrow('seed-refused');
    await expect(hostOf.setClock(8.64e15 - 1)).rejects.toThrow('not-in-this-state');
    await load({});
    bench.token.device.pressButton();
    expect(bench.token.device.display).toMatch(/^\d{8}$/);
  });

  it('disconnects a host that reuses a number in flight or that reads no answers', {
    timeout: 240_000,
  }, async () => {
    const one = await bench.attached();
    one.submit(2, true, 64, ''.padEnd(16, '0'));
    one.repeat(2, true, 64, ''.padEnd(16, '0'));
    expect(await one.next()).toBeUndefined();
    const deaf = await bench.attached();
    deaf.socket.pause();
    for (let i = 0; i < 250_000 && !deaf.socket.destroyed; i++) {
      deaf.submit(0, true, 64, REPORT);
      if (i % 500 === 0) await new Promise((sent) => setImmediate(sent));
    }
    await expect.poll(async () => bench.host().attach(bench.busId), { timeout: 10_000 }).toBe(0);
  });

  it('serves the next host after any bytes', { timeout: 240_000 }, async () => {
    const chunk = fc.uint8Array({ minLength: 1, maxLength: 200 });
    const urb = fc.record({
      endpoint: fc.nat(20),
      toHost: fc.boolean(),
      length: fc.integer(),
      setup: fc.uint8Array({ minLength: 8, maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(chunk, { maxLength: 4 }),
        fc.array(urb, { maxLength: 12 }),
        async (attaches, chunks, urbs) => {
          const one = new UsbIpHost(bench.server.port);
          if (attaches) await one.attach(bench.busId);
          for (const { endpoint, toHost, length, setup } of urbs)
            one.submit(endpoint, toHost, length, Buffer.from(setup).toString('hex'));
          for (const bytes of chunks) one.socket.write(bytes);
          await new Promise((sent) => setImmediate(sent));
          one.socket.destroy();
        },
      ),
      { numRuns: 200 },
    );
    let next = bench.host();
    await expect.poll(() => (next = bench.host()).attach(bench.busId)).toBe(0);
    expect((await next.control(GET_FEATURE, 8))?.status).toBe(-32);
    expect((await next.control(DEVICE, 18))?.data.length).toBe(18);
  });
});
