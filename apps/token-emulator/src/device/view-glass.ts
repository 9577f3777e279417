import { loadedOf } from '../firmware/loaded.ts';
import type { Display, TokenState } from '../firmware/token-state.ts';
import { digitOf, type Seen } from '../physics/glass.ts';
import { misread_p, readAs } from '../physics/reading.ts';
import { HOURS_A_YEAR } from '../physics/source.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';
import { clockOf, type Physical } from './physical.ts';

/** The glass as it looks to a person. */
export interface GlassView {
  /** What the program has written, from the left, filled with spaces. */
  readonly text: string;
  readonly kind: Display['kind'] | 'dark';
  /** Every digit's segments and how dark each is. */
  readonly digits: readonly (readonly Seen[])[];
  /** What a person most likely reads: '?' where they cannot tell. */
  readonly read_as: string;
  /** Chance that somebody reads another code than is shown, and does not notice. */
  readonly misread_p: number;
  /** Ten seconds each until the code's step ends; 0 where there are none. */
  readonly bars: number;
  readonly low_battery: boolean;
  /** Of tokens that say how many months are left: `bAtt 2`, `bAtt 1`, `bAtt 0`; empty for others, and before that. */
  readonly battery_text: string;
}

const BARS_MAX = 6;
const MONTHS_SAID_MAX = 2;
const HOURS_A_MONTH = HOURS_A_YEAR / 12;
const BAR_S = 10;

export function viewGlass(
  state: TokenState,
  physical: Physical,
  profile: DeviceProfile,
  supply_V: number,
  since_s: number,
): GlassView {
  const display = 'display' in state ? state.display : undefined;
  const text = (display?.text ?? '').padEnd(profile.display.digits);
  const drive = { supply_V, temp_C: physical.temp_C, since_s };
  const digits = text.split('').map((one, place) => digitOf(one, drive, deadAt(physical, place)));
  return {
    text,
    kind: display?.kind ?? 'dark',
    digits,
    read_as: readAs(digits, physical.temp_C),
    misread_p: display?.kind === 'code' ? misreadOf(digits, text, physical.temp_C) : 0,
    bars: display?.kind === 'code' && profile.display.bars ? barsOf(state, physical, profile) : 0,
    ...batterySigns(display !== undefined && supply_V < profile.battery.low_warn_V, physical, profile),
  };
}

/** Of any digit of several. */
function misreadOf(digits: readonly (readonly Seen[])[], text: string, temp_C: number): number {
  return 1 - digits.reduce((right_p, digit, i) => right_p * (1 - misread_p(digit, text[i] ?? ' ', temp_C)), 1);
}

/** As its kind says that the cell is low. */
function batterySigns(
  is_low: boolean,
  physical: Physical,
  profile: DeviceProfile,
): Pick<GlassView, 'low_battery' | 'battery_text'> {
  const sign = is_low ? profile.display.low_battery_sign : 'none';
  const battery_text = sign === 'months' ? `bAtt ${monthsLeft(physical, profile)}` : '';
  return { low_battery: sign === 'icon', battery_text };
}

/** As it draws in its sleep. */
function monthsLeft({ cell, used_mAh }: Physical, { load }: DeviceProfile): number {
  const hours = ((cell.capacity_mAh - used_mAh) * 1_000) / load.sleep_uA;
  return Math.min(MONTHS_SAID_MAX, Math.floor(hours / HOURS_A_MONTH));
}

function deadAt({ dead_segments }: Physical, place: number) {
  return dead_segments.filter((dead) => dead.place === place).map(({ segment }) => segment);
}

function barsOf(state: TokenState, physical: Physical, { code }: DeviceProfile): number {
  const { parameters } = loadedOf(state)?.provision ?? {};
  if (parameters === undefined || code !== 'time') return 0;
  const { period_s, t0_s } = parameters;
  const left_s = period_s - ((((clockOf(physical) / 1_000 - t0_s) % period_s) + period_s) % period_s);
  return Math.min(BARS_MAX, Math.ceil(left_s / BAR_S));
}
