// Runs the shipped scenarios against the model server, and some against a daemon with virtual time
// on both sides.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readScenario, runScenario, ScenarioError, shippedScenarios } from '@ramz/token-emulator';
import { describe, expect, it } from 'vitest';
import { runWithDaemon } from './run-with-daemon.ts';

const DAEMON_SCENARIOS = fileURLToPath(new URL('./daemon/', import.meta.url));

describe('shipped scenarios', () => {
  it('number at least thirty-four', () => {
    expect(shippedScenarios().length).toBeGreaterThanOrEqual(34);
  });

  it.each(shippedScenarios().map((path) => readScenario(path)))('pass: $name', async (scenario) => {
    const { trace, passed, runs } = await runScenario(scenario);
    const wrong = trace.flatMap(({ step, did, wrong: said }) => said.map((one) => `${step} ${did}: ${one}`));
    // Of many runs, one that failed is shown.
    expect([passed, runs > 1 ? [] : wrong]).toEqual([true, []]);
    if (runs === 1) expect(trace.at(-1)?.step).toMatch(new RegExp(`^${scenario.steps.length}(\\.|$)`));
  });

  it('are deterministic, with the same trace each time', async () => {
    for (const path of shippedScenarios().filter((one) => /washed|dropped|torn|bad-lot/.test(one))) {
      const scenario = readScenario(path);
      expect(await runScenario(scenario)).toEqual(await runScenario(scenario));
    }
  });

  it('stop at the first step that fails', async () => {
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
  ])('are rejected with file and place: %s', (text, sentence) => {
    const folder = mkdtempSync(join(tmpdir(), 'ramz-scenario-'));
    const path = join(folder, 'mine.yaml');
    const tokens = text.includes('tokens:') ? '' : 'tokens: { t: { profile: keypad } }\n';
    writeFileSync(path, `name: mine\nsays: mine\n${tokens}${text}\n`);
    expect(() => readScenario(path)).toThrow(sentence);
    expect(() => readScenario(path)).toThrow(/mine\.yaml/);
    expect('polluted' in {}).toBe(false);
    rmSync(folder, { recursive: true });
  });

  it('are rejected by name when the file is missing or is not a scenario', () => {
    expect(() => readScenario('/nowhere.yaml')).toThrow(ScenarioError);
    expect(() => readScenario(fileURLToPath(import.meta.url))).toThrow(/scenarios\.test\.ts/);
  });
});

describe('scenarios with a daemon on virtual time, from emulator to verdict', () => {
  it.each(readdirSync(DAEMON_SCENARIOS))('%s', { timeout: 240_000 }, async (file) => {
    expect(await runWithDaemon(join(DAEMON_SCENARIOS, file))).toEqual({ complaints: [], isWhole: true });
  });
});
