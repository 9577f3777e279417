// The format of a fleet file: docs/reference/fleets.md.

import { z } from 'zod';
import { CLIMATE_NAMES, CLIMATES, type Climate } from '../physics/climate.ts';
import { HOUR_MS } from '../physics/source.ts';
import { changedProfile } from '../profile/changed-profile.ts';
import { explainError } from '../profile/explain-error.ts';
import { readDeviceProfile } from '../profile/read-device-profile.ts';
import { type SourceLine, YamlError, YamlSource } from '../profile/yaml-source.ts';
import { readInstant } from '../time/read-instant.ts';
import { customersOf, type FleetPlan, LEARNS, type Lot } from './fleet-plan.ts';

export const CUSTOMERS_MAX = 10_000_000;
export const YEARS_MAX = 20;
/** A pair of a lot and a place has tables of half a megabyte in each thread. */
const TABLES_MAX = 512;
/** What a log-in may teach unless the file says so: more than any clock drifts in between. */
const LEARNED_STEPS = 1_000;
/** A week in minutes. */
const WINDOW_MAX = 10_080;
/** Shares are written with few digits: they need not add up to the last one. */
const SHARES_OFF_MAX = 0.001;

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'a name has 1 to 32 small letters, digits and hyphens');
const share = z.number().min(0).max(1);
const steps = z.number().int().min(0).max(WINDOW_MAX);
const percent = z.number().min(0).max(100);
const ofShares = (list: readonly { readonly share: number }[]) =>
  Math.abs(list.reduce((sum, one) => sum + one.share, 0) - 1) <= SHARES_OFF_MAX;

const haveOwnNames = (list: readonly { readonly name: string }[]) =>
  new Set(list.map((one) => one.name)).size === list.length;

const climate = z.union(
  [
    z.enum(CLIMATE_NAMES),
    z.strictObject({
      mean_C: z.number().min(-60).max(150),
      year_swing_C: z.number().min(0).max(60).default(0),
      day_swing_C: z.number().min(0).max(60).default(0),
    }),
    z.strictObject({ hourly_C: z.array(z.number().min(-60).max(150)).min(1).max(8_784) }),
  ],
  { error: `is one of ${CLIMATE_NAMES.join(', ')}, or { mean_C, year_swing_C, day_swing_C }, or { hourly_C: [...] }` },
);

const lot = z.strictObject({
  name,
  customers: z.number().int().min(1).max(CUSTOMERS_MAX),
  profile: z.string(),
  change: z.record(z.string(), z.unknown()).default({}),
  issued_over_months: z.number().min(0).max(120).default(0),
});

const policy = z.strictObject({
  name,
  step_s: z.number().int().min(10).max(3_600).default(60),
  accepted_past_steps: steps,
  accepted_future_steps: steps.default(0),
  first_login_steps: steps.optional(),
  learns: z.enum(LEARNS).default('resynchronisation'),
  drift_max_steps: steps.optional(),
  resync_steps: steps.default(0),
  help_steps: steps.default(60),
  tries_max: z.number().int().min(1).max(100).default(5),
});

const file = z.strictObject({
  name,
  says: z.string().min(1).max(300),
  seed: z.number().int().min(0).default(1),
  start: z.string().refine((text) => (readInstant(text) ?? 1) % HOUR_MS === 0, 'is not a time on a whole hour'),
  years: z.number().min(1).max(YEARS_MAX),
  lots: z.array(lot).min(1).max(64).refine(haveOwnNames, 'have names of their own'),
  places: z
    .array(z.strictObject({ name: name.optional(), share, climate }))
    .min(1)
    .max(32)
    .refine(ofShares, 'shares do not add up to 1'),
  usage: z
    .array(
      z.strictObject({
        share,
        login_every_days: z.number().int().min(1).max(366),
        presses_per_login: z.number().int().min(1).max(100).default(1),
        typing_s: z.number().min(0).max(600).default(10),
        tries_before_help: z.number().int().min(1).max(20).default(2),
      }),
    )
    .min(1)
    .max(32)
    .refine(ofShares, 'shares do not add up to 1'),
  fates: z
    .strictObject({
      lost_pct_per_year: percent.default(0),
      stolen_pct_per_year: percent.default(0),
      damaged_pct_per_year: percent.default(0),
      drops_per_year: z.number().min(0).max(100).default(0),
      drop_height_m: z.number().min(0).max(10).default(1.2),
      washes_per_year: z.number().min(0).max(10).default(0),
      replaced: z.boolean().default(true),
    })
    .prefault({}),
  policies: z.array(policy).min(1).max(16).refine(haveOwnNames, 'have names of their own'),
  vars: z.record(z.string(), z.unknown()).default({}),
  costs: z
    .strictObject({
      currency: z.string().min(1).max(8).default('EUR'),
      token: z.number().min(0).default(0),
      issue: z.number().min(0).default(0),
      call: z.number().min(0).default(0),
      cell: z.number().min(0).default(0),
    })
    .prefault({}),
});

type FleetFile = z.infer<typeof file>;

/** Thrown for an invalid fleet file; the message names the part that is wrong. */
export class FleetError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FleetError';
  }
}

/**
 * Reads and checks a whole fleet, so that errors are reported here and not while it runs.
 * @throws FleetError
 */
export function readFleet(path: string): FleetPlan {
  try {
    const source = new YamlSource(path);
    const read = file.safeParse(source.plain);
    if (!read.success) throw source.wrong(source.plain, read.error);
    return planOf(read.data, source);
  } catch (error) {
    if (error instanceof YamlError) throw new FleetError(error.message);
    throw new FleetError(`${path}: ${explainError(error)}`);
  }
}

function planOf(read: FleetFile, source: YamlSource): FleetPlan {
  const { start, lots, places, usage, fates, policies, costs, vars: _, ...head } = read;
  const startsAt = readInstant(start);
  if (startsAt === undefined) throw new Error('start is not a time');
  const plan = {
    ...head,
    start: startsAt,
    lots: lots.map((lot, i) => lotOf(lot, source.lineOf(source.plain, ['lots', i]))),
    places: places.map(({ name: of, share: part, climate: where }, i) => ({
      name: of ?? (typeof where === 'string' ? where : `place-${i + 1}`),
      share: part,
      climate: climateOf(where),
    })),
    usages: usage.map((one) => ({
      share: one.share,
      loginEveryDays: one.login_every_days,
      pressesPerLogin: one.presses_per_login,
      typingSeconds: one.typing_s,
      triesBeforeHelp: one.tries_before_help,
    })),
    fates: {
      lostPctPerYear: fates.lost_pct_per_year,
      stolenPctPerYear: fates.stolen_pct_per_year,
      damagedPctPerYear: fates.damaged_pct_per_year,
      dropsPerYear: fates.drops_per_year,
      dropHeightMeters: fates.drop_height_m,
      washesPerYear: fates.washes_per_year,
      isReplaced: fates.replaced,
    },
    policies: policies.map((one) => ({
      name: one.name,
      stepSeconds: one.step_s,
      pastSteps: one.accepted_past_steps,
      futureSteps: one.accepted_future_steps,
      firstLoginSteps: one.first_login_steps ?? Math.max(one.accepted_past_steps, one.accepted_future_steps),
      learns: one.learns,
      driftMaxSteps: one.drift_max_steps ?? (one.learns === 'each-login' ? LEARNED_STEPS : 0),
      resyncSteps: one.resync_steps,
      helpSteps: one.help_steps,
      triesMax: one.tries_max,
    })),
    costs,
  };
  const customers = customersOf(plan);
  const pairs = plan.lots.length * plan.places.length;
  if (pairs > TABLES_MAX) throw new Error(`${pairs} pairs of a lot and a place, at most ${TABLES_MAX}`);
  if (customers > CUSTOMERS_MAX) throw new Error(`lots: ${customers} customers, at most ${CUSTOMERS_MAX}`);
  return plan;
}

function lotOf(lot: FleetFile['lots'][number], at: SourceLine | undefined): Lot {
  const { name: of, customers, profile, change, issued_over_months: issuedOverMonths } = lot;
  try {
    const read = readDeviceProfile(profile);
    const changed = changedProfile(read.profile, change);
    if (changed.code !== 'time') throw new Error(`a ${profile} makes no codes of the time: a fleet is about drift`);
    const { battery, life } = changed;
    if (life.shut_off_years > 0 && battery.shelf_months >= life.shut_off_years * 12)
      throw new Error('its tokens would end on the shelf: battery.shelf_months must be less than life.shut_off_years');
    return { name: of, customers, profile: changed, numbers: read.numbers, issuedOverMonths };
  } catch (error) {
    throw new YamlError(`lots.${of}: ${explainError(error)}`, at);
  }
}

function climateOf(where: z.infer<typeof climate>): Climate {
  if (typeof where === 'string') return CLIMATES[where];
  if ('hourly_C' in where) return { hourlyCelsius: where.hourly_C };
  return {
    meanCelsius: where.mean_C,
    yearSwingCelsius: where.year_swing_C,
    daySwingCelsius: where.day_swing_C,
  };
}
