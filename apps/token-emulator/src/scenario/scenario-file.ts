// The format of a scenario. docs/reference/scenarios.md describes it.
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { CLIMATES, type Climate } from '../physics/climate.ts';
import { changedProfile } from '../profile/changed-profile.ts';
import { explainError } from '../profile/explain-error.ts';
import { readDeviceProfile } from '../profile/read-device-profile.ts';
import { type SourceLine, textOf, YamlError, YamlSource } from '../profile/yaml-source.ts';
import { readInstant } from '../time/read-instant.ts';
import type { NestedName, Scenario, ScenarioStep, StepName } from './scenario.ts';
import { NESTED, name, STEPS } from './step-schemas.ts';

const STEPS_MAX = 10_000;
const RUNS_MAX = 10_000;
/** A week in minutes. */
const WINDOW_MAX = 10_080;
/** A year in hours, and one more day. */
const COURSE_HOURS_MAX = 8_784;

/** Steps without a token of their own. */
const OF_NO_TOKEN: readonly string[] = [
  'wait',
  'note',
  'share_seed',
  'fork',
  're_issue',
  'fleet',
  'typed',
  'server_clock',
];
const OF_A_TOKEN = Object.keys(STEPS).filter((step) => !OF_NO_TOKEN.includes(step));

const celsius = z.number().min(-60).max(150);
const ownClimate = z.union([
  z.strictObject({
    mean_C: celsius,
    year_swing_C: z.number().min(0).max(60).default(0),
    day_swing_C: z.number().min(0).max(60).default(0),
  }),
  z.strictObject({ hourly_C: z.array(celsius).min(1).max(COURSE_HOURS_MAX) }),
  z.strictObject({ file: z.string().min(1) }),
]);

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
  vars: z.record(z.string(), z.unknown()).default({}),
  climates: z.record(name, ownClimate).default({}),
  /** The same life with so many seeds; so many of a hundred must pass. */
  runs: z.number().int().min(1).max(RUNS_MAX).default(1),
  at_least: z
    .string()
    .regex(/^(100|\d{1,2}(\.\d+)?) ?%$/, 'is a share such as 95 %')
    .default('100 %'),
  steps: z.array(z.unknown()).min(1).max(STEPS_MAX),
});

/** Thrown for an invalid scenario file; the message names the place that is wrong. */
export class ScenarioError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ScenarioError';
  }
}

/**
 * Reads and checks a whole scenario with its includes, so that errors are reported here, with their
 * line, and not while it runs.
 * @throws ScenarioError
 */
export function readScenario(path: string): Scenario {
  try {
    return new ScenarioReader(path).read();
  } catch (error) {
    if (error instanceof YamlError) throw new ScenarioError(error.message);
    throw new ScenarioError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

class ScenarioReader {
  readonly #path: string;
  readonly #source: YamlSource;
  /** Tokens by name, to which a step may add: it may be named only from then on. */
  readonly #tokens = new Set<string>();
  readonly #climates = new Map<string, Climate>(Object.entries(CLIMATES));

  constructor(path: string) {
    this.#path = path;
    this.#source = new YamlSource(path);
  }

  read(): Scenario {
    const { plain } = this.#source;
    const head = frame.safeParse(plain);
    if (!head.success) throw this.#wrong(plain, head.error, '');
    const { steps, tokens, climates, at_least: atLeast, vars: _, ...others } = head.data;
    for (const [of, { profile, change = {} }] of Object.entries(tokens)) this.#checkToken(plain, of, profile, change);
    for (const [of, climate] of Object.entries(climates)) {
      const at = this.#source.lineOf(plain, ['climates', of]);
      if (this.#climates.has(of)) throw new YamlError(`climates: ${of} is a place that is there already`, at);
      this.#climates.set(of, this.#climateOf(climate, at));
    }
    return {
      ...others,
      passShareMin: Number.parseFloat(atLeast) / 100,
      tokens,
      climates: this.#climates,
      steps: steps.map((step, i) => this.#step(step, String(i + 1))),
    };
  }

  #checkToken(plain: unknown, of: string, profile: string, change: object): void {
    this.#tokens.add(of);
    try {
      changedProfile(readDeviceProfile(profile).profile, change);
    } catch (error) {
      throw new YamlError(`tokens.${of}: ${explainError(error)}`, this.#source.lineOf(plain, ['tokens', of]));
    }
  }

  #climateOf(climate: z.infer<typeof ownClimate>, at: SourceLine | undefined): Climate {
    if ('file' in climate) return courseIn(join(dirname(this.#path), climate.file), at);
    if ('hourly_C' in climate) return { hourlyCelsius: climate.hourly_C };
    return {
      meanCelsius: climate.mean_C,
      yearSwingCelsius: climate.year_swing_C,
      daySwingCelsius: climate.day_swing_C,
    };
  }

  #step(step: unknown, number: string): ScenarioStep {
    const keys = typeof step === 'object' && step !== null ? Object.keys(step) : [];
    const [of] = keys;
    const fail = (text: string) => new YamlError(`step ${number}: ${text}`, this.#source.lineOf(step, []));
    if (keys.length !== 1 || of === undefined) throw fail(`a step has one key, this has ${keys.join(', ') || 'none'}`);
    const body = (step as Record<string, unknown>)[of];
    if (Object.hasOwn(NESTED, of)) return this.#nested(of as NestedName, body, number);
    if (!Object.hasOwn(STEPS, of)) {
      throw fail(
        `there is no step ${of}; steps are ${[...Object.keys(STEPS), ...Object.keys(NESTED), 'include'].join(', ')}`,
      );
    }
    const read = STEPS[of as keyof typeof STEPS].safeParse(body);
    if (!read.success) throw this.#wrong(body, read.error, `step ${number}: ${of}: `, step);
    this.#checkNames(of as StepName, read.data, fail);
    return { [of]: read.data };
  }

  #nested(of: NestedName, body: unknown, number: string): ScenarioStep {
    const read = NESTED[of].safeParse(body);
    if (!read.success) throw this.#wrong(body, read.error, `step ${number}: ${of}: `);
    const steps = read.data.steps.map((step, i) => this.#step(step, `${number}.${i + 1}`));
    return { [of]: { ...read.data, steps } };
  }

  /** Names of tokens and places are checked before anything runs. */
  #checkNames(of: StepName, body: unknown, fail: (text: string) => Error): void {
    if (typeof body !== 'object' || body === null) return;
    const { token, as, with: other, place } = body as Record<string, unknown>;
    const there = [...this.#tokens].join(', ');
    const unknown = namedIn(of, body).find((used) => !this.#tokens.has(used));
    if (unknown !== undefined) throw fail(`${of}: there is no token ${unknown}: there are ${there}`);
    if (token === undefined && this.#tokens.size > 1 && OF_A_TOKEN.includes(of)) {
      throw fail(`${of}: name its token: there are ${there}`);
    }
    if (of === 'fork') this.#tokens.add(String(as));
    if (of === 'share_seed') this.#tokens.add(String(other));
    if (typeof place === 'string' && !this.#climates.has(place)) {
      throw fail(`${of}: there is no climate ${place}: there are ${[...this.#climates.keys()].join(', ')}`);
    }
  }

  #wrong(root: unknown, error: z.ZodError, before: string, step: unknown = root): YamlError {
    return this.#source.wrong(root, error, before, step);
  }
}

/** Returns the tokens that a step names and does not make. */
function namedIn(of: StepName, body: object): string[] {
  const { token, from, as, to } = body as Record<string, unknown>;
  const named = [token, from, of === 'fork' ? undefined : as, of === 're_issue' ? to : undefined];
  return named.filter((one) => typeof one === 'string');
}

/**
 * Reads a recorded course: a temperature in °C a line, one for each hour, after a comma if there is
 * one. A first line without a number is a heading.
 * @throws YamlError
 */
function courseIn(path: string, at: SourceLine | undefined): Climate {
  const lines = textOf(path, at).trim().split(/\r?\n/);
  const hourlyCelsius: number[] = [];
  for (const [i, line] of lines.entries()) {
    const value = Number((line.split(',').at(-1) ?? '').trim() || Number.NaN);
    const read = celsius.safeParse(value);
    if (read.success) hourlyCelsius.push(read.data);
    else if (i > 0)
      throw new YamlError(`${JSON.stringify(line)} does not end in a temperature in °C`, { path, line: i + 1 });
  }
  if (hourlyCelsius.length > 0 && hourlyCelsius.length <= COURSE_HOURS_MAX) return { hourlyCelsius };
  throw new YamlError(`${path} has ${hourlyCelsius.length} hours: a course has 1 to ${COURSE_HOURS_MAX}`, at);
}
