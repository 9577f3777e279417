// The format of a scenario. Every step is one line with one key; docs/reference/scenarios.md shows
// them all.

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DEVICE_EVENT_KINDS } from '../device/device-event.ts';
import { STATE_NAMES } from '../firmware/token-state.ts';
import { harmFields, NEEDED } from '../lab/harm-by-name.ts';
import { CLIMATE_NAMES } from '../physics/climate.ts';
import { changedProfile } from '../profile/changed-profile.ts';
import { readDeviceProfile } from '../profile/read-device-profile.ts';
import { readInstant } from '../time/read-instant.ts';
import { FAULTS, TRANSFERS } from '../usb/usb-fault.ts';
import { readDuration } from './duration-text.ts';
import type { Scenario, ScenarioStep, StepName, Steps } from './scenario.ts';
import { VERDICTS } from './verifier.ts';

const FILE_BYTES_MAX = 262_144;
const STEPS_MAX = 10_000;
/** A week in minutes. */
const WINDOW_MAX = 10_080;

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'a name has 1 to 32 small letters, digits and hyphens');
const time = z.string().transform((text, context) => {
  try {
    return readDuration(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    return z.NEVER;
  }
});
const bounds = z.strictObject({ min: z.number().optional(), max: z.number().optional() });
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
  events: z.partialRecord(z.enum(DEVICE_EVENT_KINDS), z.union([z.number().int(), bounds])).optional(),
});

/** As a server asks it: a multiple of 16 hashes like another number (RFC 6287, 5.1). */
const challenge = z
  .string()
  .regex(/^\d{4,10}$/, 'has 4 to 10 digits')
  .refine((digits) => Number(digits) === 0 || Number(digits) % 16 !== 0, 'is a multiple of 16: no server asks it');

const STEPS: { readonly [Name in StepName]: z.ZodType<Steps[Name]> } = {
  wait: time,
  note: z.string(),
  enrol: z.strictObject(of),
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
  climate: z.strictObject({ ...of, place: z.enum(CLIMATE_NAMES) }),
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
  server_clock: z.strictObject({ off_by: z.number() }),
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

const frame = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'has 1 to 64 small letters, digits and hyphens'),
  says: z.string().min(1).max(300),
  seed: z.number().int().min(0).default(1),
  start: z
    .string()
    .refine((text) => readInstant(text) !== undefined, 'is no time: write it as 2026-01-05T08:00:00Z')
    .default('2026-01-05T08:00:00Z'),
  tokens: z.record(name, z.strictObject({ profile: z.string(), change: z.record(z.string(), z.unknown()).optional() })),
  server: z
    .strictObject({
      back_steps: z.number().int().min(0).max(WINDOW_MAX).default(1),
      ahead_steps: z.number().int().min(0).max(WINDOW_MAX).default(0),
      resync_steps: z.number().int().min(0).max(WINDOW_MAX).default(100),
      learns_drift: z.boolean().default(false),
      tries: z.number().int().min(1).default(5),
    })
    .prefault({}),
  steps: z.array(z.unknown()).min(1).max(STEPS_MAX),
});

/** Thrown for an invalid scenario file; the message names the part that is wrong. */
export class ScenarioError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ScenarioError';
  }
}

/**
 * Reads and checks a whole scenario, so that errors are reported here and not while it runs.
 * @throws ScenarioError
 */
export function readScenario(path: string): Scenario {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length > FILE_BYTES_MAX) throw new Error(`is longer than ${FILE_BYTES_MAX} bytes`);
    const { steps, tokens, ...others } = frame.parse(parse(text, { maxAliasCount: 0 }));
    for (const [name, { profile, change = {} }] of Object.entries(tokens)) checkToken(name, profile, change);
    return { ...others, tokens, steps: steps.map((step, i) => readStep(step, i + 1)) };
  } catch (error) {
    throw new ScenarioError(`${path}: ${explain(error)}`);
  }
}

function checkToken(name: string, profile: string, change: object): void {
  try {
    changedProfile(readDeviceProfile(profile).profile, change);
  } catch (error) {
    throw new Error(`tokens.${name}: ${explain(error)}`, { cause: error });
  }
}

function readStep(step: unknown, number: number): ScenarioStep {
  const keys = typeof step === 'object' && step !== null ? Object.keys(step) : [];
  const [name] = keys;
  if (keys.length !== 1 || name === undefined) {
    throw new Error(`step ${number}: a step has one key, this has ${keys.join(', ') || 'none'}`);
  }
  if (!Object.hasOwn(STEPS, name)) {
    throw new Error(`step ${number}: there is no step ${name}; steps are ${Object.keys(STEPS).join(', ')}`);
  }
  const read = STEPS[name as StepName].safeParse((step as Record<string, unknown>)[name]);
  if (!read.success) throw new Error(`step ${number}: ${name}: ${explain(read.error)}`);
  return { [name]: read.data };
}

function explain(error: unknown): string {
  if (!(error instanceof z.ZodError)) return error instanceof Error ? error.message : String(error);
  const [issue] = error.issues;
  if (issue === undefined) return 'is not a scenario';
  const path = issue.path.join('.');
  return path === '' ? issue.message : `${path}: ${issue.message}`;
}
