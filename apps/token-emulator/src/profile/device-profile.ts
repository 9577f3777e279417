import { z } from 'zod';
import type { Body } from '../physics/body.ts';
import type { CellKind } from '../physics/cell.ts';
import type { Ranges } from '../physics/ranges.ts';

/** A kind of token: all parameters of its physics and its program. Units are in the names. */
export interface DeviceProfile {
  readonly name: string;
  readonly says: string;
  /** What a press gives: a code for the time or for a counter, or the answer to a challenge. */
  readonly code: 'time' | 'event' | 'challenge';
  readonly display: {
    readonly digits: number;
    readonly always_on: boolean;
    readonly auto_off_s: number;
    /** Whether it goes dark after a fixed time or when the code's step ends. */
    readonly ends: 'fixed' | 'end-of-step';
    readonly bars: boolean;
    readonly low_battery_sign: 'none' | 'icon' | 'months';
  };
  /**
   * `stuck_uA` is the current of a processor that a stuck button keeps awake; 0 if it sleeps again.
   */
  readonly button: { readonly hold_s: number; readonly pullup_ohm: number; readonly stuck_uA: number };
  readonly keypad: boolean;
  readonly pin: { readonly tries: number; readonly digits: number } | null;
  readonly battery: {
    readonly cell: CellKind;
    readonly capacity_factor: number;
    readonly spread_pct: number;
    readonly shelf_months: number;
    readonly low_warn_V: number;
    readonly brownout_V: number;
    readonly replaceable: boolean;
  };
  readonly load: {
    readonly sleep_uA: number;
    readonly display_uA: number;
    readonly active_uA: number;
    readonly code_ms: number;
    readonly write_uA: number;
  };
  readonly clock: {
    readonly tolerance_ppm: number;
    readonly turnover_C: number;
    readonly turnover_spread_C: number;
    readonly parabola_ppm_per_C2: number;
    readonly parabola_spread_ppm_per_C2: number;
    readonly ageing_ppm_first_year: number;
    /** It stops without power, and then continues from there or from the year 2000. */
    readonly after_power_loss: 'hold' | 'reset';
    readonly settable: boolean;
  };
  /** A single copy of a counter may be torn in a brown-out; of two, one is always intact. */
  readonly storage: {
    readonly seed_in: 'ram' | 'eeprom';
    readonly counter_copies: 1 | 2;
    readonly endurance_cycles: number;
  };
  readonly body: Body & Ranges;
  /** The age at which the program ends, with any charge left; 0 means never. */
  readonly life: { readonly shut_off_years: number };
  readonly usb: { readonly powers_token: boolean };
}

const fraction = z.number().min(0).max(1);
const positive = z.number().positive();
const range = z
  .strictObject({ min: z.number().min(-100).max(200), max: z.number().min(-100).max(200) })
  .refine(({ min, max }) => min < max, 'begins below its end');

const schema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{1,31}$/, 'is 2 to 32 small letters, digits and hyphens'),
  says: z.string().min(1).max(200),
  code: z.enum(['time', 'event', 'challenge']),
  display: z.strictObject({
    digits: z.number().int().min(4).max(10),
    always_on: z.boolean(),
    auto_off_s: positive.max(600),
    ends: z.enum(['fixed', 'end-of-step']),
    bars: z.boolean(),
    low_battery_sign: z.enum(['none', 'icon', 'months']),
  }),
  button: z.strictObject({
    hold_s: positive.max(10),
    pullup_ohm: positive,
    /** The current of a processor that a stuck button keeps awake; 0 if it sleeps again. */
    stuck_uA: z.number().min(0),
  }),
  keypad: z.boolean(),
  pin: z.strictObject({ tries: z.number().int().min(1).max(20), digits: z.number().int().min(4).max(8) }).nullable(),
  battery: z.strictObject({
    cell: z.enum(['CR2016', 'CR2025', 'CR2032', 'BR2032']),
    capacity_factor: z.number().min(0.1).max(1.2),
    spread_pct: z.number().min(0).max(50),
    shelf_months: z.number().min(0).max(120),
    low_warn_V: positive,
    brownout_V: positive,
    replaceable: z.boolean(),
  }),
  load: z.strictObject({
    sleep_uA: z.number().min(0),
    display_uA: z.number().min(0),
    active_uA: z.number().min(0),
    code_ms: z.number().min(0),
    write_uA: z.number().min(0),
  }),
  clock: z.strictObject({
    tolerance_ppm: z.number().min(0).max(200),
    turnover_C: z.number(),
    turnover_spread_C: z.number().min(0),
    parabola_ppm_per_C2: z.number().max(0),
    parabola_spread_ppm_per_C2: z.number().min(0),
    ageing_ppm_first_year: z.number().min(0),
    after_power_loss: z.enum(['hold', 'reset']),
    settable: z.boolean(),
  }),
  storage: z.strictObject({
    seed_in: z.enum(['ram', 'eeprom']),
    counter_copies: z.union([z.literal(1), z.literal(2)]),
    endurance_cycles: positive,
  }),
  body: z.strictObject({
    drop_height_m: positive,
    drop_survival_p: fraction,
    wash_survival_p: fraction,
    tamper: z.enum(['none', 'evident', 'zeroise']),
    operating_C: range,
    storage_C: range,
  }),
  life: z.strictObject({
    shut_off_years: z.number().min(0),
  }),
  usb: z.strictObject({ powers_token: z.boolean() }),
});

/** Returns the profile of a token that is issued as it leaves the factory: full, and on time. */
export function withoutShelf(profile: DeviceProfile): DeviceProfile {
  return { ...profile, battery: { ...profile.battery, shelf_months: 0 } };
}

/** @throws ZodError that names the wrong part */
export function checkDeviceProfile(plain: unknown): DeviceProfile {
  return schema.parse(plain);
}
