import type { DeviceTime_ms, Instant_ms } from '../kernel/instant.ts';
import type { RandomStream } from '../kernel/random-stream.ts';
import { type Cell, cellOf, selfDischarge_uA, terminal_V } from '../physics/cell.ts';
import { failedShare } from '../physics/cell-heat.ts';
import type { Crystal } from '../physics/crystal.ts';
import type { Segment } from '../physics/segments.ts';
import { HOURS_A_YEAR } from '../physics/source.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';

/** A token as a thing: what it was made of, and what has become of it. */
export interface Physical {
  readonly made_at: Instant_ms;
  readonly cell: Cell;
  readonly used_mAh: number;
  readonly heat_dose: number;
  /** The dose that kills this very cell. */
  readonly dies_at_dose: number;
  readonly crystal: Crystal;
  /** What its clock would say with a perfect crystal, and what the crystal has added. Apart, so that no phase is lost. */
  readonly clock_ms: number;
  readonly gained_s: number;
  readonly temp_C: number;
  readonly leak_uA: number;
  readonly is_button_stuck: boolean;
  readonly is_broken: boolean;
  readonly is_contact_lost: boolean;
  readonly is_opened: boolean;
  readonly is_usb_plugged: boolean;
  readonly dead_segments: readonly DeadSegment[];
  readonly counter_writes: number;
  /** What lies in memory that lasts: the count as it was last written. */
  readonly stored_counter: number;
  /** Of what memory keeps without being written anew: 1 is forgotten. */
  readonly forgotten_share: number;
  readonly presses: number;
}

export interface DeadSegment {
  /** From the left, from 0. */
  readonly place: number;
  readonly segment: Segment;
}

/** What a host gives to a token that takes its power from the bus. */
const USB_V = 3.3;
const SHELF_C = 20;
const ROOM_C = 25;

/** A token of this profile, as its lot and chance have made it. */
export function madeFrom(profile: DeviceProfile, random: RandomStream, now: Instant_ms): Physical {
  const { battery, clock } = profile;
  const cell = cellOf(
    battery.cell,
    battery.capacity_factor * Math.max(0.1, 1 + (random.normal() * battery.spread_pct) / 100),
  );
  const shelf_hours = (battery.shelf_months / 12) * HOURS_A_YEAR;
  return {
    made_at: now,
    cell,
    used_mAh: Math.min(cell.capacity_mAh, (selfDischarge_uA(cell, SHELF_C) * shelf_hours) / 1_000),
    heat_dose: 0,
    dies_at_dose: Math.log(1 - random.draw()) / Math.log(1 - failedShare(1)),
    crystal: crystalOf(clock, random),
    clock_ms: now,
    gained_s: 0,
    temp_C: ROOM_C,
    leak_uA: 0,
    is_button_stuck: false,
    is_broken: false,
    is_contact_lost: false,
    is_opened: false,
    is_usb_plugged: false,
    dead_segments: [],
    counter_writes: 0,
    stored_counter: 0,
    forgotten_share: 0,
    presses: 0,
  };
}

/** A sheet's tolerance is a limit: taken as two deviations, and cut there. */
function crystalOf(clock: DeviceProfile['clock'], random: RandomStream): Crystal {
  const within = (limit: number) => Math.max(-limit, Math.min(limit, (random.normal() * limit) / 2));
  return {
    initial_ppm: within(clock.tolerance_ppm),
    turnover_C: clock.turnover_C + within(clock.turnover_spread_C),
    parabola_ppm_per_C2: clock.parabola_ppm_per_C2,
    ageing_ppm_first_year: within(clock.ageing_ppm_first_year),
    shock_ppm: 0,
  };
}

/** Volts that the program has while the token draws so much; 0 where nothing reaches it. */
export function supply_V(physical: Physical, { usb }: DeviceProfile, load_uA: number): number {
  if (physical.is_broken) return 0;
  if (physical.is_usb_plugged && usb.powers_token) return USB_V;
  if (physical.is_contact_lost || physical.heat_dose >= physical.dies_at_dose) return 0;
  return terminal_V(physical.cell, physical.used_mAh, physical.temp_C, load_uA);
}

export function clockOf({ clock_ms, gained_s }: Physical): DeviceTime_ms {
  return (clock_ms + gained_s * 1_000) as DeviceTime_ms;
}
