import { loadedOf } from '../firmware/loaded.ts';
import type { Display, TokenState } from '../firmware/token-state.ts';
import { background, digitOf, type SegmentView } from '../physics/glass.ts';
import { misreadProbability, readAs } from '../physics/reading.ts';
import { HOURS_A_MONTH } from '../physics/source.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';
import { clockOf, type Physical } from './physical.ts';

/** The glass as it looks to a person. */
export interface GlassView {
  /** The text that the program has written, padded on the right with spaces. */
  readonly text: string;
  readonly kind: Display['kind'] | 'dark';
  /** Every digit's segments and how dark each is. */
  readonly digits: readonly (readonly SegmentView[])[];
  /** What a person most likely reads; '?' where it is not a digit. */
  readonly readAs: string;
  /** Probability that a person misreads the code without noticing. */
  readonly misreadProbability: number;
  /** Bars for the time left in the code's step, ten seconds each; 0 on a glass without bars. */
  readonly bars: number;
  readonly lowBattery: boolean;
  /**
   * `bAtt 2`, `bAtt 1` or `bAtt 0` once the cell is low, on kinds that show the months left; else
   * empty.
   */
  readonly batteryText: string;
}

const BARS_MAX = 6;
const MONTHS_SAID_MAX = 2;
const BAR_S = 10;

export function viewGlass(
  state: TokenState,
  physical: Physical,
  profile: DeviceProfile,
  supplyVolts: number,
  sinceSeconds: number,
): GlassView {
  const display = 'display' in state ? state.display : undefined;
  const text = (display?.text ?? '').padEnd(profile.display.digits);
  const { tempCelsius } = physical;
  const drive = { supplyVolts, tempCelsius, sinceSeconds, ranges: profile.body };
  const ground = background(drive);
  const digits = text.split('').map((one, place) => digitOf(one, drive, deadAt(physical, place)));
  return {
    text,
    kind: display?.kind ?? 'dark',
    digits,
    readAs: readAs(digits, ground),
    misreadProbability: display?.kind === 'code' ? misreadOf(digits, text, ground) : 0,
    bars: display?.kind === 'code' && profile.display.bars ? barsOf(state, physical, profile) : 0,
    ...batterySigns(display !== undefined && supplyVolts < profile.battery.low_warn_V, physical, profile),
  };
}

/** Returns the probability that at least one digit is misread. */
function misreadOf(digits: readonly (readonly SegmentView[])[], text: string, ground: number): number {
  return (
    1 -
    digits.reduce(
      (rightProbability, digit, i) => rightProbability * (1 - misreadProbability(digit, text[i] ?? ' ', ground)),
      1,
    )
  );
}

/** Returns the low-battery signs of this kind of token. */
function batterySigns(
  isLow: boolean,
  physical: Physical,
  profile: DeviceProfile,
): Pick<GlassView, 'lowBattery' | 'batteryText'> {
  const sign = isLow ? profile.display.low_battery_sign : 'none';
  const batteryText = sign === 'months' ? `bAtt ${monthsLeft(physical, profile)}` : '';
  return { lowBattery: sign === 'icon', batteryText };
}

/** Returns the months left at the current it draws in its sleep, at most MONTHS_SAID_MAX. */
function monthsLeft({ cell, usedMah }: Physical, { load }: DeviceProfile): number {
  const hours = ((cell.capacityMah - usedMah) * 1_000) / load.sleep_uA;
  return Math.min(MONTHS_SAID_MAX, Math.floor(hours / HOURS_A_MONTH));
}

function deadAt({ deadSegments }: Physical, place: number) {
  return deadSegments.filter((dead) => dead.place === place).map(({ segment }) => segment);
}

function barsOf(state: TokenState, physical: Physical, { code }: DeviceProfile): number {
  const { parameters } = loadedOf(state)?.provision ?? {};
  if (parameters === undefined || code !== 'time') return 0;
  const { periodSeconds, t0Seconds } = parameters;
  const leftSeconds =
    periodSeconds - ((((clockOf(physical) / 1_000 - t0Seconds) % periodSeconds) + periodSeconds) % periodSeconds);
  return Math.min(BARS_MAX, Math.ceil(leftSeconds / BAR_S));
}
