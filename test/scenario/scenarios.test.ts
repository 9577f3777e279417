// The shipped scenarios against the model server; some lives against a daemon, on virtual time on both sides.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readScenario, runScenario, ScenarioError, shippedScenarios } from '@ramz/token-emulator';
import { describe, expect, it } from 'vitest';
import { Lab } from '../harness/lab.ts';
import { DaemonVerifier } from './daemon-verifier.ts';

const DAEMON_SCENARIOS = fileURLToPath(new URL('./daemon/', import.meta.url));
/** After whatever the ceremony has written down. */
const AHEAD_MS = 120_000;

describe('shipped scenarios', () => {
  it('are at least the thirty-four of a laboratory’s list', () => {
    expect(shippedScenarios().length).toBeGreaterThanOrEqual(34);
  });

  it.each(shippedScenarios().map((path) => readScenario(path)))('$name', async (scenario) => {
    const { trace } = await runScenario(scenario);
    expect(trace.flatMap(({ step, did, wrong }) => wrong.map((one) => `${step} ${did}: ${one}`))).toEqual([]);
    expect(trace).toHaveLength(scenario.steps.length);
  });

  it('are deterministic: the same trace each time', async () => {
    for (const path of shippedScenarios().filter((one) => /washed|dropped|torn|bad-lot/.test(one))) {
      const scenario = readScenario(path);
      expect(await runScenario(scenario)).toEqual(await runScenario(scenario));
    }
  });

  it('fail at the step that is wrong, and no later one runs', async () => {
    const [path = ''] = shippedScenarios().filter((one) => one.includes('21-replay'));
    const scenario = readScenario(path);
    const steps = scenario.steps.map((step) => ('replay' in step ? { replay: { expect: 'accepted' as const } } : step));
    const { passed, trace } = await runScenario({ ...scenario, steps });
    expect(passed).toBe(false);
    expect(trace.at(-1)).toMatchObject({ did: 'replay', wrong: ['the server says refused, not accepted'] });
    expect(trace.length).toBeLessThan(steps.length);
  });

  it.each([
    ['steps: [{ presss: {} }]', /step 1: there is no step presss; steps are wait, /],
    ['steps: [{ press: {}, wait: 5 s }]', /step 1: a step has one key, this has press, wait/],
    ['steps: [{ press: {} }, { wait: soon }]', /step 2: wait: soon: write a time as/],
    ['steps: [{ harm: { do: drop } }]', /step 1: harm: height_m: is missing/],
    ['steps: [{ expect: { events: { pressd: 0 } } }]', /step 1: expect: events/],
    ['steps: [{ note: x }]\ntokens: { t: { profile: zzz } }', /tokens\.t: there is no profile zzz/],
    [
      'steps: [{ note: x }]\ntokens: { t: { profile: keypad, change: { battery.capacity: 1 } } }',
      /there is no battery\.capacity/,
    ],
    [
      'steps: [{ note: x }]\ntokens: { t: { profile: keypad, change: { battery.cell: CR9999 } } }',
      /tokens\.t: battery\.cell/,
    ],
    [
      'steps: [{ note: x }]\ntokens: { t: { profile: keypad, change: { __proto__.polluted: 1 } } }',
      /there is no __proto__\.polluted/,
    ],
    [
      'steps: [{ note: x }]\ntokens: { t: { profile: keypad, change: { constructor.prototype.polluted: 1 } } }',
      /there is no constructor/,
    ],
  ])('%s: a sentence with file and place', (text, sentence) => {
    const folder = mkdtempSync(join(tmpdir(), 'ramz-scenario-'));
    const path = join(folder, 'mine.yaml');
    const tokens = text.includes('tokens:') ? '' : 'tokens: { t: { profile: keypad } }\n';
    writeFileSync(path, `name: mine\nsays: mine\n${tokens}${text}\n`);
    expect(() => readScenario(path)).toThrow(sentence);
    expect(() => readScenario(path)).toThrow(/mine\.yaml/);
    expect('polluted' in {}).toBe(false);
    rmSync(folder, { recursive: true });
  });

  it('a file that is none says where', () => {
    expect(() => readScenario('/nowhere.yaml')).toThrow(ScenarioError);
    expect(() => readScenario(fileURLToPath(import.meta.url))).toThrow(/scenarios\.test\.ts/);
  });
});

/** At the scenario's own time of the year: cold and heat follow it. */
function startAfterNow({ start, hasStart }: { readonly start: string; readonly hasStart: boolean }): string {
  const soon = new Date(Math.ceil((Date.now() + AHEAD_MS) / 60_000) * 60_000);
  if (!hasStart) return soon.toISOString();
  const at = new Date(start);
  at.setUTCFullYear(soon.getUTCFullYear());
  if (at < soon) at.setUTCFullYear(soon.getUTCFullYear() + 1);
  return at.toISOString();
}

async function withDaemon(path: string): Promise<{ readonly complaints: string[]; readonly isWhole: boolean }> {
  await using lab = await Lab.start('virtual-clock');
  const scenario = readScenario(path);
  const hasStart = /^start:/m.test(readFileSync(path, 'utf8'));
  const start = startAfterNow({ start: scenario.start, hasStart });
  const { trace } = await runScenario({ ...scenario, start }, new DaemonVerifier(lab));
  const complaints = trace.flatMap(({ step, did, wrong }) => wrong.map((one) => `${step} ${did}: ${one}`));
  return { complaints, isWhole: trace.length === scenario.steps.length };
}

/** Where the daemon says otherwise than the model server, and why it is right. */
const DIFFERS: Readonly<Record<string, readonly [says: string, why: string]>> = {
  warehouse: ['4 login: the server says refused, not accepted', 'a token that counts: the daemon takes time only'],
  'contact-bounce': ['2 login: the server says refused, not accepted', 'a token that counts'],
  'idle-presses': ['3 login: the server says refused, not accepted', 'a token that counts'],
  'end-by-date': ['1 enrol: the token refused: seed-refused', 'it has six digits, second PINs of this bank eight'],
  'slow-typist': ['5 login: the server says accepted, not refused', 'no login teaches the daemon a drift'],
  'garage-winter': [
    '9 login: the server says refused, not accepted',
    'found minutes back: what was noted then is spent',
  ],
  'unused-for-400-days': ['8 login: the server says refused, not accepted', 'found minutes back, too'],
  'shared-seed': ['2 share_seed: only the model server can be told so', 'the daemon draws a seed for each'],
  'challenge-and-answer': ['4 answer: there is no answer on the glass', 'the daemon gives no seed for challenges'],
};

describe('with a daemon: emulator, host, gRPC, verdict, on virtual time', () => {
  it.each(readdirSync(DAEMON_SCENARIOS))('%s', { timeout: 60_000 }, async (file) => {
    expect(await withDaemon(join(DAEMON_SCENARIOS, file))).toEqual({ complaints: [], isWhole: true });
  });

  it.each(shippedScenarios().map((path) => [readScenario(path).name, path]))(
    'shipped: %s',
    { timeout: 60_000 },
    async (name, path) => {
      const { complaints, isWhole } = await withDaemon(path);
      const [differs] = DIFFERS[name] ?? [];
      expect(complaints).toEqual(differs === undefined ? [] : [differs]);
      if (differs === undefined) expect(isWhole).toBe(true);
    },
  );

  it('differs in nothing but what is shipped', () => {
    const names = shippedScenarios().map((path) => readScenario(path).name);
    expect(Object.keys(DIFFERS).filter((name) => !names.includes(name))).toEqual([]);
  });
});
