import { Device } from '../device/device.ts';
import { CLIMATES } from '../physics/climate.ts';
import { changedProfile } from '../profile/changed-profile.ts';
import { readDeviceProfile } from '../profile/read-device-profile.ts';
import { instant } from '../time/instant.ts';
import { tokenSeed } from '../time/random-stream.ts';
import { startOf } from '../time/read-instant.ts';
import { outside } from './check-expectation.ts';
import type { Scenario, Steps } from './scenario.ts';

/** Runs tokens of one kind, each with the spread of its lot, side by side in an office. */
export async function runSideBySide(scenario: Scenario, what: Steps['fleet']): Promise<readonly string[]> {
  const [kind] = Object.values(scenario.tokens);
  if (kind === undefined) return ['a fleet needs one token in the scenario, which sets its kind'];
  const { profile, change = {} } = kind;
  const changed = changedProfile(readDeviceProfile(profile).profile, change);
  const start = startOf(scenario.start);
  const found: number[] = [];
  for (let i = 0; i < what.count; i++) {
    const identity = { serial: `FL-${i}`, firmwareVersion: '0.1.0' };
    const device = await Device.make({ identity, profile: changed, now: start, seed: tokenSeed(scenario.seed, i) });
    device.putInto(CLIMATES.office);
    device.runUntil(instant(start + what.run));
    found.push(what.measure === 'dead' ? Number(!device.isPowered) : (device.deviceTime - device.now) / 1_000);
  }
  const mean = found.reduce((sum, one) => sum + one, 0) / found.length;
  const spread = Math.sqrt(found.reduce((sum, one) => sum + (one - mean) ** 2, 0) / found.length);
  const complaints = [outside(mean, what.expect), what.spread && outside(spread, what.spread)];
  return complaints.flatMap((one, i) => (one === undefined ? [] : [`the ${i === 0 ? 'mean' : 'spread'} is ${one}`]));
}
