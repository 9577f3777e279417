// npm run bench:fleet: lives a fleet of tokens for ten years with monthly log-ins at a learning
// server, and an always-on token for five years. Prints a table, then one line of JSON.
import { Secret } from '@ramz/otp-core';
import { Device } from '../../apps/token-emulator/dist/device/device.js';
import type { FleetPlan } from '../../apps/token-emulator/dist/fleet/fleet-plan.js';
import { runFleet } from '../../apps/token-emulator/dist/fleet/run-fleet.js';
import { loadSeed } from '../../apps/token-emulator/dist/lab/load-seed.js';
import { CLIMATES } from '../../apps/token-emulator/dist/physics/climate.js';
import { readDeviceProfile } from '../../apps/token-emulator/dist/profile/read-device-profile.js';
import { instant } from '../../apps/token-emulator/dist/time/instant.js';
import { benchNumbers } from './bench-numbers.ts';

const { customers: CUSTOMERS, rounds: ROUNDS } = benchNumbers(
  'npm run bench:fleet -- [flags]: lives a fleet for ten years, and an always-on token for five',
  {
    customers: { usual: 1_000_000, least: 1_000, what: 'customers, each with one token' },
    rounds: { usual: 3, least: 1, what: 'rounds; the middle one counts' },
  },
);
const START = instant(Date.UTC(2026, 0, 1));

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function plan(): FleetPlan {
  const { profile, numbers } = readDeviceProfile('classic-time');
  const fates = { lostPctPerYear: 0, stolenPctPerYear: 0, damagedPctPerYear: 0, dropsPerYear: 0, washesPerYear: 0 };
  return {
    name: 'bench',
    says: 'monthly log-ins at a server that learns',
    seed: 1,
    start: START,
    years: 10,
    lots: [{ name: 'a', customers: CUSTOMERS, profile, numbers, issuedOverMonths: 0 }],
    places: (['office', 'pocket'] as const).map((name) => ({ name, share: 0.5, climate: CLIMATES[name] })),
    usages: [{ share: 1, loginEveryDays: 30, pressesPerLogin: 1, typingSeconds: 10, triesBeforeHelp: 2 }],
    fates: { ...fates, dropHeightMeters: 1, isReplaced: false },
    policies: [
      {
        name: 'learning',
        stepSeconds: 60,
        pastSteps: 1,
        futureSteps: 1,
        firstLoginSteps: 10,
        learns: 'each-login',
        driftMaxSteps: 1_000,
        resyncSteps: 10,
        helpSteps: 60,
        triesMax: 5,
      },
    ],
    costs: { currency: 'EUR', token: 0, issue: 0, call: 0, cell: 0 },
  };
}

async function fleetSeconds(): Promise<number> {
  const beganMs = performance.now();
  await runFleet(plan());
  return (performance.now() - beganMs) / 1_000;
}

async function alwaysOnSeconds(): Promise<number> {
  const identity = { serial: 'B', firmwareVersion: '1' };
  const { profile } = readDeviceProfile('always-on');
  const device = await Device.make({ identity, profile, now: START });
  using seed = Secret.copy(new Uint8Array(20));
  await loadSeed(device, seed, 'f'.repeat(32));
  device.putInto(CLIMATES.pocket);
  const beganMs = performance.now();
  // Looked at each day, as a laboratory does.
  for (let day = 1; day <= 5 * 365; day++) device.runUntil(instant(START + day * 86_400_000));
  return (performance.now() - beganMs) / 1_000;
}

const [fleets, alwaysOn]: [number[], number[]] = [[], []];
for (let i = 0; i < ROUNDS; i++) {
  fleets.push(await fleetSeconds());
  alwaysOn.push(await alwaysOnSeconds());
}
const rssMb = process.resourceUsage().maxRSS / 1_024;
const [fleetS, alwaysOnS] = [middle(fleets), middle(alwaysOn)];
process.stdout.write(
  `${CUSTOMERS.toLocaleString('en')} tokens for ten years: ${fleetS.toFixed(2)} s (mark: 2 s for 1,000,000 on two processors)\n` +
    `the most memory of the process: ${rssMb.toFixed(0)} MB (mark: 150)\n` +
    `an always-on token for five years: ${alwaysOnS.toFixed(3)} s (mark: 0.3)\n` +
    `${JSON.stringify({ bench: 'fleet', customers: CUSTOMERS, years: 10, fleet_s: fleetS, rss_mb: rssMb, always_on_s: alwaysOnS })}\n`,
);
