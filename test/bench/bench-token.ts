// npm run bench:token: measures five years of a token, a thousand live ones, and a control transfer
// in the process and over TCP. Prints a table, then one line of JSON.

import { snakeKeys } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import { Device, instant, Laboratory, Pace, pluggable, readDeviceProfile, UsbIpServer } from '@ramz/token-emulator';
import { loadSeed } from '../../apps/token-emulator/src/lab/load-seed.ts';
import { CLIMATES } from '../../apps/token-emulator/src/physics/climate.ts';
import { readSetup } from '../../apps/token-emulator/src/usb/setup-packet.ts';
import { UsbIpHost } from '../../apps/token-emulator/test/usb/usbip-host.ts';
import { benchNumbers } from './bench-numbers.ts';

// Handles --help only: there are no options.
benchNumbers(
  'npm run bench:token: measures five years of a token, a thousand live ones, and a control transfer in the process and over TCP',
  {},
);
const START_MS = Date.UTC(2026, 0, 1);
const DAYS = 5 * 365.25;
const PRESSES_A_DAY = 10;
const LIVE = 1_000;
const LIVE_S = 10;
const TRANSFERS = 5_000;
const DEVICE = '8006000100001200';

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * Simulates five years: presses through the day, weather each hour, every code computed. Returns
 * milliseconds.
 */
async function fiveYears(): Promise<number> {
  const { profile } = readDeviceProfile('classic-time');
  const device = await Device.make({
    identity: { serial: 'B', firmwareVersion: '1' },
    profile,
    now: instant(START_MS),
  });
  using seed = Secret.copy(new Uint8Array(20));
  await loadSeed(device, seed, 'f'.repeat(32));
  device.putInto(CLIMATES.pocket);
  const beganMs = performance.now();
  for (let i = 0; i < DAYS * PRESSES_A_DAY; i++) {
    device.runUntil(instant(device.now + 86_400_000 / PRESSES_A_DAY));
    device.pressButton();
  }
  return performance.now() - beganMs;
}

/** Measures tokens that follow the wall clock: how far the lab falls behind, and its CPU share. */
async function liveTokens(): Promise<{ readonly lagMs: number; readonly cpuShare: number }> {
  const laboratory = new Laboratory({ now: instant(Date.now()), seed: 1, allowsVendorIdentity: false });
  for (let i = 0; i < LIVE; i++) (await laboratory.add({})).device.putInto(CLIMATES.pocket);
  const [before, beganMs] = [process.cpuUsage(), Date.now()];
  const aheadMs = laboratory.now - beganMs;
  const pace = new Pace(laboratory, 1, () => Date.now());
  await new Promise((later) => setTimeout(later, LIVE_S * 1_000));
  pace.stop();
  const { user, system } = process.cpuUsage(before);
  return { lagMs: Date.now() - laboratory.now + aheadMs, cpuShare: (user + system) / 1e6 / LIVE_S };
}

async function transferInProcess(): Promise<number> {
  const { profile } = readDeviceProfile('usb-token');
  const device = await Device.make({
    identity: { serial: 'B', firmwareVersion: '1' },
    profile,
    now: instant(START_MS),
  });
  const { usb } = pluggable(device);
  const setup = readSetup(Buffer.from(DEVICE, 'hex'));
  const taken: number[] = [];
  for (let i = 0; i < TRANSFERS; i++) {
    const beganMs = performance.now();
    await usb.control(setup, new Uint8Array());
    taken.push((performance.now() - beganMs) * 1_000);
  }
  return median(taken);
}

async function transferOverTcp(): Promise<number> {
  const server = await UsbIpServer.listen(0);
  const laboratory = new Laboratory({ now: instant(START_MS), seed: 1, allowsVendorIdentity: false });
  const { wire } = await laboratory.add({ profile: 'usb-token' });
  const host = new UsbIpHost(server.port);
  await host.attach(server.plug(wire));
  const taken: number[] = [];
  for (let i = 0; i < TRANSFERS; i++) {
    const beganMs = performance.now();
    await host.control(DEVICE, 18);
    taken.push((performance.now() - beganMs) * 1_000);
  }
  host.socket.destroy();
  await server.close();
  return median(taken);
}

await fiveYears();
const fiveYearsMs = median([await fiveYears(), await fiveYears(), await fiveYears()]);
const live = await liveTokens();
const [inProcessMicros, overTcpMicros] = [await transferInProcess(), await transferOverTcp()];
const line = (what: string, value: string, wanted: string) => `${what.padEnd(52)} ${value.padStart(12)}   ${wanted}\n`;
process.stdout.write(
  line(
    `five years, ${PRESSES_A_DAY} presses a day, weather each hour`,
    `${fiveYearsMs.toFixed(0)} ms`,
    'at most 1,000',
  ) +
    line(`${LIVE} live tokens: behind the wall clock`, `${live.lagMs.toFixed(0)} ms`, 'a tick is 20') +
    line(`${LIVE} live tokens: of one processor`, `${(live.cpuShare * 100).toFixed(0)} %`, '') +
    line('a control transfer in the process, median', `${inProcessMicros.toFixed(1)} us`, 'under 100') +
    line('over USB/IP on loopback, median', `${overTcpMicros.toFixed(1)} us`, 'under 1,000'),
);
process.stdout.write(
  `${JSON.stringify(snakeKeys({ bench: 'token', five_years_ms: fiveYearsMs, live, in_process_us: inProcessMicros, over_tcp_us: overTcpMicros }))}\n`,
);
