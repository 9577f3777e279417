// What a scenario may say. Every step is one line with one key; docs/scenarios.md shows them all.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { STATE_NAMES } from '../firmware/token-state.ts';
import { harmFields } from '../lab/harm-by-name.ts';
import { CLIMATE_NAMES } from '../physics/climate.ts';
import { FAULTS, TRANSFERS } from '../usb/usb-fault.ts';
import { readDuration } from './duration-text.ts';
import type { Scenario } from './scenario.ts';
import { VERDICTS } from './verifier.ts';

const FILE_BYTES_MAX = 262_144;
const STEPS_MAX = 10_000;

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'has 1 to 32 small letters, digits and hyphens');
const time = z.string().transform((text, context) => {
  try {
    return readDuration(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    return z.NEVER;
  }
});
const bounds = z.strictObject({ min: z.number().optional(), max: z.number().optional() });
/** Whose step it is; the only token when it is not said. */
const of = { token: name.optional() };
const verdict = z.enum(VERDICTS);

const expectation = z.strictObject({
  ...of,
  state: z.enum(STATE_NAMES).optional(),
  powered: z.boolean().optional(),
  /** Of the glass: dark, a code, or exactly this text. */
  shows: z.string().optional(),
  /** Whether a person reads what is shown. */
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
  events: z.record(z.string(), z.union([z.number().int(), bounds])).optional(),
});

const step = z.union([
  z.strictObject({ wait: time }),
  z.strictObject({ note: z.string() }),
  z.strictObject({ enrol: z.strictObject(of) }),
  z.strictObject({ share_seed: z.strictObject({ from: name, with: name }) }),
  z.strictObject({
    press: z.strictObject({
      ...of,
      held_ms: z.number().int().min(1).default(100),
      times: z.number().int().min(1).max(10_000).default(1),
      every: time.optional(),
    }),
  }),
  z.strictObject({ keys: z.strictObject({ ...of, type: z.string().regex(/^[0-9a-z ]*$/) }) }),
  z.strictObject({ pin: z.strictObject({ ...of, digits: z.string().regex(/^\d{4,8}$/) }) }),
  z.strictObject({
    login: z.strictObject({
      ...of,
      as: name.optional(),
      after: time.optional(),
      expect: verdict,
      times: z.number().int().min(1).max(10_000).default(1),
      every: time.optional(),
    }),
  }),
  z.strictObject({ replay: z.strictObject({ ...of, as: name.optional(), expect: verdict }) }),
  z.strictObject({ resync: z.strictObject({ ...of, expect: verdict }) }),
  z.strictObject({
    bounce: z.strictObject({
      ...of,
      edges_ms: z.array(z.number().int().min(0)).min(2).max(64),
      presses: z.number().int(),
    }),
  }),
  z.strictObject({ climate: z.strictObject({ ...of, place: z.enum(CLIMATE_NAMES) }) }),
  z.strictObject({ temp: z.strictObject({ ...of, C: z.number().min(-60).max(150) }) }),
  z.strictObject({ harm: z.strictObject({ ...of, ...harmFields }) }),
  z.strictObject({ charge: z.strictObject({ ...of, used_share: z.number().min(0).max(1) }) }),
  z.strictObject({ plug: z.strictObject({ ...of, plugged: z.boolean() }) }),
  z.strictObject({
    fault: z.strictObject({
      ...of,
      fault: z.enum(FAULTS),
      on: z.enum([...TRANSFERS, 'any']).default('any'),
      after: z.number().int().default(0),
      times: z.number().int().default(1),
      late_ms: z.number().int().default(0),
    }),
  }),
  z.strictObject({
    host: z.strictObject({ ...of, do: z.enum(['info', 'read', 'press', 'replug']), expect: z.enum(['ok', 'error']) }),
  }),
  z.strictObject({ server_clock: z.strictObject({ off_by: z.number() }) }),
  z.strictObject({
    until: z.strictObject({
      ...of,
      powered: z.boolean().optional(),
      state: z.enum(STATE_NAMES).optional(),
      within: time,
      expect: z.boolean().default(true),
    }),
  }),
  z.strictObject({ fork: z.strictObject({ from: name, as: name }) }),
  z.strictObject({
    fleet: z.strictObject({
      count: z.number().int().min(2).max(1_000),
      run: time,
      measure: z.enum(['dead', 'ahead_s']),
      expect: bounds,
      spread: bounds.optional(),
    }),
  }),
  z.strictObject({
    typed: z.strictObject({
      layout: z.enum(['us', 'fr']),
      text: z.enum(['digits', 'modhex']),
      expect: z.enum(['same', 'other']),
    }),
  }),
  z.strictObject({ expect: expectation }),
]);

const scenario: z.ZodType<Scenario> = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  says: z.string().min(1).max(300),
  seed: z.number().int().min(0).default(1),
  start: z.iso.datetime().default('2026-01-05T08:00:00Z'),
  tokens: z.record(name, z.strictObject({ profile: z.string(), change: z.record(z.string(), z.unknown()).optional() })),
  server: z
    .strictObject({
      back_steps: z.number().int().min(0).default(1),
      ahead_steps: z.number().int().min(0).default(0),
      resync_steps: z.number().int().min(0).default(100),
      learns_drift: z.boolean().default(false),
      tries: z.number().int().min(1).default(5),
    })
    .prefault({}),
  steps: z.array(step).min(1).max(STEPS_MAX),
});

/** The file can not be a scenario; the message says which part of it. */
export class ScenarioError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ScenarioError';
  }
}

/** @throws ScenarioError */
export function readScenario(path: string): Scenario {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length > FILE_BYTES_MAX) throw new Error(`is longer than ${FILE_BYTES_MAX} bytes`);
    return scenario.parse(parse(text, { maxAliasCount: 0 }));
  } catch (error) {
    throw new ScenarioError(`${path}: ${explain(error)}`);
  }
}

function explain(error: unknown): string {
  if (!(error instanceof z.ZodError)) return error instanceof Error ? error.message : String(error);
  const [issue] = error.issues;
  if (issue === undefined) return 'is no scenario';
  const deepest = issue.code === 'invalid_union' ? closest(issue.errors) : undefined;
  const path = [...issue.path, ...(deepest?.path ?? [])].join('.');
  return `${path || 'the scenario'}: ${deepest?.message ?? issue.message}`;
}

/** Of a union's complaints the one that came furthest: the step that was meant. */
function closest(errors: readonly (readonly z.core.$ZodIssue[])[]): z.core.$ZodIssue | undefined {
  const firsts = errors.flatMap(([first]) => (first === undefined ? [] : [first]));
  return firsts.toSorted((a, b) => b.path.length - a.path.length)[0];
}
