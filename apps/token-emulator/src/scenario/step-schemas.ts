// The steps of a scenario by name. docs/reference/scenarios.md shows them all.
import { z } from 'zod';
import { DEVICE_EVENT_KINDS } from '../device/device-event.ts';
import { STATE_NAMES } from '../firmware/token-state.ts';
import { harmFields, NEEDED } from '../lab/harm-by-name.ts';
import type { DurationMs } from '../time/instant.ts';
import { readInstant } from '../time/read-instant.ts';
import { FAULTS, TRANSFERS } from '../usb/usb-fault.ts';
import { readDuration } from './duration-text.ts';
import type { NestedName, StepName, Steps } from './scenario.ts';
import { VERDICTS } from './verifier.ts';

export const name: z.ZodType<string> = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'a name has 1 to 32 small letters, digits and hyphens');
export const time: z.ZodType<DurationMs> = z.string().transform((text, context) => {
  try {
    return readDuration(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    return z.NEVER;
  }
});
const bounds = z
  .strictObject({ min: z.number().optional(), max: z.number().optional() })
  .refine(({ min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }) => min <= max, 'begin above their end');
const counts = z.union([z.number().int(), bounds]);
/** The token of the step; may be absent if there is only one. */
const of = { token: name.optional() };
const verdict = z.enum(VERDICTS);

const expectation = z.strictObject({
  ...of,
  state: z.enum(STATE_NAMES).optional(),
  powered: z.boolean().optional(),
  /** What is on the glass: `dark`, `code`, or exactly this text. */
  shows: z.string().optional(),
  /** Whether a person can read what is shown. */
  readable: z.boolean().optional(),
  low_battery: z.boolean().optional(),
  counter: z.union([z.number().int(), bounds]).optional(),
  ahead_s: bounds.optional(),
  supply_V: bounds.optional(),
  used_share: bounds.optional(),
  error_ppm: bounds.optional(),
  clock_year: z.number().int().optional(),
  pin_tries_left: z.number().int().optional(),
  opened: z.boolean().optional(),
  temp_C: bounds.optional(),
  load_uA: bounds.optional(),
  used_mAh: bounds.optional(),
  misread_p: bounds.optional(),
  presses: counts.optional(),
  counter_writes: counts.optional(),
  wire: z.partialRecord(z.enum([...TRANSFERS, 'stalled', 'lost']), counts).optional(),
  events: z.partialRecord(z.enum(DEVICE_EVENT_KINDS), z.union([z.number().int(), bounds])).optional(),
});

/** As a server asks it: a multiple of 16 hashes like another number (RFC 6287, 5.1). */
const challenge = z
  .string()
  .regex(/^\d{4,10}$/, 'has 4 to 10 digits')
  .refine((digits) => Number(digits) === 0 || Number(digits) % 16 !== 0, 'is a multiple of 16: no server asks it');

export const STEPS: { readonly [Name in Exclude<StepName, NestedName>]: z.ZodType<Steps[Name]> } = {
  wait: time,
  note: z.string(),
  enrol: z.strictObject({ ...of, expect: z.enum(['taken', 'refused', 'torn']).default('taken') }),
  re_issue: z.strictObject({ from: name, to: name }),
  unlock: z.strictObject(of),
  suspend: z.strictObject({ ...of, suspended: z.boolean().default(true) }),
  delete: z.strictObject(of),
  set_clock: z
    .strictObject({
      ...of,
      to: z.string().optional(),
      ahead_s: z.number().optional(),
      expect: z.enum(['taken', 'refused']).default('taken'),
    })
    .refine(
      ({ to, ahead_s: aheadSeconds }) => (to === undefined) !== (aheadSeconds === undefined),
      'needs either to or ahead_s',
    )
    .refine(({ to }) => to === undefined || readInstant(to) !== undefined, 'to is not a time'),
  share_seed: z.strictObject({ from: name, with: name }),
  press: z.strictObject({
    ...of,
    held_ms: z.number().int().min(1).default(100),
    times: z.number().int().min(1).max(10_000).default(1),
    every: time.optional(),
  }),
  answer: z.strictObject({ ...of, challenge, expect: verdict }),
  keys: z.strictObject({ ...of, type: z.string().regex(/^[0-9a-z ]*$/) }),
  pin: z.strictObject({ ...of, digits: z.string().regex(/^\d{4,8}$/) }),
  login: z.strictObject({
    ...of,
    as: name.optional(),
    after: time.optional(),
    expect: verdict,
    times: z.number().int().min(1).max(10_000).default(1),
    every: time.optional(),
  }),
  replay: z.strictObject({ ...of, as: name.optional(), expect: verdict }),
  resync: z.strictObject({ ...of, expect: verdict }),
  bounce: z.strictObject({
    ...of,
    edges_ms: z.array(z.number().int().min(0)).min(2).max(64),
    presses: z.number().int(),
  }),
  climate: z.strictObject({ ...of, place: name }),
  temp: z.strictObject({ ...of, C: z.number().min(-60).max(150) }),
  harm: z.strictObject({ ...of, ...harmFields }).superRefine((harm, context) => {
    for (const field of NEEDED[harm.do] ?? []) {
      if (harm[field] === undefined) context.addIssue({ code: 'custom', path: [field], message: 'is missing' });
    }
  }),
  charge: z.strictObject({ ...of, used_share: z.number().min(0).max(1) }),
  plug: z.strictObject({ ...of, plugged: z.boolean() }),
  fault: z.strictObject({
    ...of,
    fault: z.enum(FAULTS),
    on: z.enum([...TRANSFERS, 'any']).default('any'),
    after: z.number().int().default(0),
    times: z.number().int().default(1),
    late_ms: z.number().int().default(0),
  }),
  host: z.strictObject({ ...of, do: z.enum(['info', 'read', 'press', 'replug']), expect: z.enum(['ok', 'error']) }),
  server_clock: z.strictObject({
    off_by: z.number().default(0),
    drift_ppm: z.number().default(0),
    slew: time.optional(),
  }),
  until: z.strictObject({
    ...of,
    powered: z.boolean().optional(),
    state: z.enum(STATE_NAMES).optional(),
    within: time,
    expect: z.boolean().default(true),
  }),
  fork: z.strictObject({ from: name, as: name }),
  fleet: z.strictObject({
    count: z.number().int().min(2).max(1_000),
    run: time,
    measure: z.enum(['dead', 'ahead_s']),
    expect: bounds,
    spread: bounds.optional(),
  }),
  typed: z.strictObject({
    layout: z.enum(['us', 'fr']),
    text: z.enum(['digits', 'modhex']),
    expect: z.enum(['same', 'other']),
  }),
  expect: expectation,
};

/** A shorter interval, or none, would not end. */
const interval = time.refine((ms) => ms >= 1_000, 'is at least 1 s');

/** The frames of the steps that hold steps. Those are read one by one. */
export const NESTED: { readonly [Name in NestedName]: z.ZodType<Omit<Steps[Name], 'steps'> & { steps: unknown[] }> } = {
  repeat: z.strictObject({ times: z.number().int().min(1).max(100_000), steps: z.array(z.unknown()).min(1) }),
  schedule: z.strictObject({ every: interval, for: time, steps: z.array(z.unknown()).min(1) }),
};
