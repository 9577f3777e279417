// Transfers over USB/IP: held, paced, unlinked, and those of hosts that have gone.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plug } from '../../src/device/harm.ts';
import type { BusDevice, TransferOutcome } from '../../src/usb/bus-device.ts';
import { UsbIpBench } from './usbip-bench.ts';

const DEVICE = '8006000100004000';

describe('transfers over USB/IP', () => {
  let bench: UsbIpBench;
  beforeEach(async () => {
    bench = await UsbIpBench.lay();
  });
  afterEach(() => bench.clear());

  it('holds interrupt transfers of each endpoint until a report comes or an unlink ends them', async () => {
    const one = await bench.attached();
    const [keyboard, vendor] = [
      one.submit(1, true, 8, ''.padEnd(16, '0')),
      one.submit(2, true, 64, ''.padEnd(16, '0')),
    ];
    const unlink = one.unlink(vendor);
    expect(await one.next()).toMatchObject({ command: 4, sequence: unlink, status: -104 });
    bench.token.device.onCode('7');
    expect(await one.next()).toMatchObject({ command: 3, sequence: keyboard, status: 0 });
    const late = one.unlink(keyboard);
    expect(await one.next()).toMatchObject({ command: 4, sequence: late, status: 0 });
  });

  it('gives one report an interval, in order, and loses none to an unlink in between', async () => {
    const one = await bench.attached();
    bench.token.device.onCode('12');
    const beganMs = performance.now();
    const first = one.submit(1, true, 8, ''.padEnd(16, '0'));
    const second = one.submit(1, true, 8, ''.padEnd(16, '0'));
    const third = one.submit(1, true, 8, ''.padEnd(16, '0'));
    const unlink = one.unlink(third);
    const answers = [await one.next(), await one.next(), await one.next()];
    const of = (sequence: number) => answers.find((answer) => answer?.sequence === sequence);
    expect(of(first)?.data).toEqual(Buffer.from([0, 0, 0x1e, 0, 0, 0, 0, 0]));
    expect(of(second)?.data).toEqual(Buffer.alloc(8));
    expect(of(unlink)).toMatchObject({ command: 4, status: -104 });
    const fourth = one.submit(1, true, 8, ''.padEnd(16, '0'));
    expect(await one.next()).toMatchObject({ sequence: fourth, data: Buffer.from([0, 0, 0x1f, 0, 0, 0, 0, 0]) });
    expect(performance.now() - beganMs).toBeGreaterThan(19);
  });

  it('reads on after an unlink of a transfer that waited', async () => {
    const one = await bench.attached();
    const waiting = one.submit(1, true, 8, ''.padEnd(16, '0'));
    await new Promise((later) => setTimeout(later, 30));
    one.unlink(waiting);
    expect(await one.next()).toMatchObject({ command: 4, status: -104 });
    const next = one.submit(1, true, 8, ''.padEnd(16, '0'));
    bench.token.device.onCode('7');
    expect(await one.next()).toMatchObject({ command: 3, sequence: next, status: 0 });
  });

  it('loses no report to an unlink that comes just after it was granted', async () => {
    const report = Uint8Array.of(0, 0, 0x24, 0, 0, 0, 0, 0);
    const granted = () =>
      new Promise<TransferOutcome>((grant) => setTimeout(grant, 30, { status: 'ok', bytes: report }));
    const late: BusDevice = {
      personality: bench.token.wire.personality,
      control: (setup, data) => bench.token.wire.control(setup, data),
      writeInterrupt: (endpoint, data) => bench.token.wire.writeInterrupt(endpoint, data),
      attached: () => {},
      readInterrupt: () => ({ done: granted(), cancel: () => false }),
    };
    const one = bench.host();
    expect(await one.attach(bench.server.plug(late))).toBe(0);
    const read = one.submit(1, true, 8, ''.padEnd(16, '0'));
    const unlink = one.unlink(read);
    expect(await one.next()).toMatchObject({ command: 3, sequence: read, data: Buffer.from(report) });
    expect(await one.next()).toMatchObject({ command: 4, sequence: unlink, status: 0 });
  });

  it('gives cancelled reads no interval: the next is answered at once', async () => {
    const one = await bench.attached();
    for (let i = 0; i < 100; i++) {
      const unlink = one.unlink(one.submit(1, true, 8, ''.padEnd(16, '0')));
      expect(await one.next()).toMatchObject({ command: 4, sequence: unlink });
    }
    bench.token.device.onCode('1');
    const beganMs = performance.now();
    const read = one.submit(1, true, 8, ''.padEnd(16, '0'));
    expect(await one.next()).toMatchObject({ sequence: read, data: Buffer.from([0, 0, 0x1e, 0, 0, 0, 0, 0]) });
    // A hundred intervals are a second.
    expect(performance.now() - beganMs).toBeLessThan(500);
  });

  it('carries out nothing for a host that has gone', async () => {
    const first = await bench.attached();
    bench.token.wire.plan({ fault: 'late', on: 'control-in', after: 0, times: 1_000, late_ms: 300 });
    for (let i = 0; i < 70; i++) first.submit(0, true, 18, DEVICE);
    await new Promise((later) => setTimeout(later, 50));
    first.socket.destroy();
    await expect.poll(async () => bench.host().attach(bench.busId), { timeout: 2_000 }).toBe(0);
  });

  it('ends the unlink of a transfer that was lost as it ends a pending one', async () => {
    const one = await bench.attached();
    bench.token.wire.plan({ fault: 'lost', on: 'control-in', after: 0, times: 1, late_ms: 0 });
    const lost = one.submit(0, true, 18, DEVICE);
    const next = one.submit(0, true, 18, DEVICE);
    expect(await one.next()).toMatchObject({ command: 3, sequence: next, status: 0 });
    const unlink = one.unlink(lost);
    expect(await one.next()).toMatchObject({ command: 4, sequence: unlink, status: -104 });
    const again = one.unlink(lost);
    expect(await one.next()).toMatchObject({ command: 4, sequence: again, status: 0 });
  });

  it('ends a read that waits on an endpoint when that is halted', async () => {
    const one = await bench.attached();
    const read = one.submit(1, true, 8, ''.padEnd(16, '0'));
    await new Promise((later) => setTimeout(later, 30));
    const halt = one.submit(0, false, 0, '0203000081000000');
    const answers = [await one.next(), await one.next()];
    expect(answers.find((answer) => answer?.sequence === read)).toMatchObject({ command: 3, status: -32 });
    expect(answers.find((answer) => answer?.sequence === halt)).toMatchObject({ command: 3, status: 0 });
    bench.token.device.onCode('7');
  });

  it('keeps the report of a read that was stalled for the next one', async () => {
    const one = await bench.attached();
    bench.token.wire.plan({ fault: 'stall', on: 'interrupt-in', after: 0, times: 1, late_ms: 0 });
    bench.token.device.onCode('7');
    const [first, second] = [one.submit(1, true, 8, ''.padEnd(16, '0')), one.submit(1, true, 8, ''.padEnd(16, '0'))];
    expect(await one.next()).toMatchObject({ sequence: first, status: -32 });
    expect(await one.next()).toMatchObject({ sequence: second, data: Buffer.from([0, 0, 0x24, 0, 0, 0, 0, 0]) });
  });

  it('takes with a host only the power that the host gave', async () => {
    const one = await bench.attached();
    bench.token.wire.onUnplug = () => bench.server.pull(bench.busId);
    bench.token.wire.pull();
    plug(bench.token.device, true);
    expect(await one.next()).toBeUndefined();
    await new Promise((later) => setTimeout(later, 50));
    expect(bench.token.device.physical.isUsbPlugged).toBe(true);
  });

  it('gives no host the answer to the one before it', async () => {
    const { usb } = bench.token;
    usb.attached(true);
    const vendor = usb.personality.functions[1];
    const answered = vendor?.setOutput(Uint8Array.of(0x81, 7, 0, 0, ...new Uint8Array(60)));
    usb.attached(false);
    usb.attached(true);
    await answered;
    expect(vendor?.inputs.takeNow()).toBeUndefined();
  });

  it('disconnects a host when the cable is pulled, whose token draws from its cell again', async () => {
    const one = await bench.attached();
    bench.token.wire.onUnplug = () => bench.server.pull(bench.busId);
    expect(bench.token.device.physical.isUsbPlugged).toBe(true);
    bench.token.wire.pull();
    expect(await one.next()).toBeUndefined();
    await expect.poll(() => bench.token.device.physical.isUsbPlugged).toBe(false);
  });

  it('disconnects a host that names an endpoint beyond 15', async () => {
    const one = await bench.attached();
    one.submit(300, true, 64, ''.padEnd(16, '0'));
    expect(await one.next()).toBeUndefined();
  });
});
