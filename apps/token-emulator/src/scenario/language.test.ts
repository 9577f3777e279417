// What the language of lives says: loops, variables, climates, servers, runs; and its errors, with
// their lines.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runScenario } from './run-scenario.ts';
import { readScenario, ScenarioError } from './scenario-file.ts';
import { junitOf, ndjsonOf } from './write-results.ts';

const HEAD =
  'name: a-life\nsays: of a test\ntokens: { t: { profile: usb-token, change: { battery.shelf_months: 0 } } }\n';

describe('the language of lives', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ramz-lives-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const file = (name: string, text: string) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  const read = (text: string, head = HEAD) => readScenario(file('life.yaml', head + text));
  const run = async (text: string) => runScenario(read(text));

  it('repeats steps, and names each round in the trace', async () => {
    const { passed, trace } = await run(
      'steps: [{ enrol: {} }, { repeat: { times: 3, steps: [{ wait: 1 min }, { press: {} }] } }]',
    );
    expect(passed).toBe(true);
    expect(trace.map(({ step }) => step)).toEqual(['1', '2.1.1', '2.1.2', '2.2.1', '2.2.2', '2.3.1', '2.3.2']);
    expect(trace.at(-1)?.token?.display).toMatch(/^\d{8}$/);
  });

  it('keeps to a schedule, however long its steps take', async () => {
    const { trace } = await run(
      'steps: [{ schedule: { every: 1 h, for: 3 h, steps: [{ wait: 10 min }, { note: x }] } }, { note: end }]',
    );
    const times = trace.filter(({ did }) => did === 'note').map(({ lab_time: at }) => at.slice(11, 16));
    expect(times).toEqual(['08:10', '09:10', '10:10', '11:00']);
    const late = await run('steps: [{ schedule: { every: 1 min, for: 1 h, steps: [{ wait: 10 min }] } }]');
    expect([late.passed, late.trace.at(-1)?.wrong]).toEqual([false, ['a round took longer than its period']]);
  });

  it('puts variables into values and texts, and the steps of other files into a list', async () => {
    file('common/press.yaml', '- press: { times: "${times}" }\n- include: rest.yaml\n');
    file('common/rest.yaml', '- wait: ${pause}\n');
    const { passed, trace } = await run(
      'vars: { times: 2, pause: 5 min }\nsteps:\n  - enrol: {}\n  - include: common/press.yaml\n  - expect: { presses: 2 }\n',
    );
    expect([passed, trace.map(({ did }) => did)]).toEqual([true, ['enrol', 'press', 'wait', 'expect']]);
  });

  it('has climates of its own: swings, a table, and a recorded course', async () => {
    file('cellar.csv', 'hour,celsius\n0,4\n1,5\n');
    const text =
      'climates: { hut: { mean_C: 3 }, oven: { hourly_C: [60] }, cellar: { file: cellar.csv } }\nsteps:\n' +
      ['hut', 'oven', 'cellar']
        .map((place, i) => {
          const [min, max] =
            [
              [3, 3],
              [60, 60],
              [4, 5],
            ][i] ?? [];
          return `  - climate: { place: ${place} }\n  - wait: 90 min\n  - expect: { temp_C: { min: ${min}, max: ${max} } }\n`;
        })
        .join('');
    expect((await run(text)).passed).toBe(true);
  });

  it('runs many seeds: so many must pass, and one that failed is shown', async () => {
    const drop = 'steps: [{ harm: { do: drop, height_m: 1.9 } }, { wait: 1 min }, { expect: { powered: true } }]';
    const all = await run(`runs: 60\n${drop}`);
    expect([all.passed, all.runs]).toEqual([false, 60]);
    expect(all.passes).toBeGreaterThan(35);
    expect(all.passes).toBeLessThan(60);
    expect(all.trace.at(-1)?.wrong).not.toEqual([]);
    const most = await run(`runs: 60\nat_least: 50 %\n${drop}`);
    expect([most.passed, most.passes]).toEqual([true, all.passes]);
    expect((await run(`seed: ${all.seed}\n${drop}`)).passed).toBe(false);
  });

  it('counts transfers and their failures on the wire', async () => {
    const { trace } = await run(
      'steps:\n  - host: { do: info, expect: ok }\n  - fault: { fault: stall, on: interrupt-out }\n  - host: { do: read, expect: error }\n  - expect: { wire: { interrupt-out: { min: 2 }, interrupt-in: { min: 1 }, stalled: 1, lost: 0 } }\n',
    );
    expect(trace.flatMap(({ wrong }) => wrong)).toEqual([]);
  });

  it('has all that a plot needs in its trace, and a case a step in JUnit', async () => {
    const result = await run('steps: [{ enrol: {} }, { press: {} }, { wait: 1 s }, { expect: { state: blank } }]');
    const lines = ndjsonOf([result]).trim().split('\n');
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({
      scenario: 'a-life',
      step: '2',
      did: 'press',
      args: { held_ms: 100, times: 1 },
      token: { state: 'showing', display: expect.stringMatching(/^\d{8}$/), supply_V: expect.any(Number) },
    });
    const junit = junitOf([result]);
    expect(junit.match(/<testcase /g)).toHaveLength(4);
    expect(junit).toContain('name="step 4 expect at 2026-01-05T08:00:01.000Z"><failure message="the state is showing');
  });

  it.each([
    ['steps:\n  - note: x\n  - presss: {}\n', 6, /step 2: there is no step presss; steps are wait, .*repeat, schedule/],
    ['steps:\n  - press: {}\n  - press:\n      times: many\n', 7, /step 2: press: times: /],
    ['steps:\n  - press: {}\n  - press:\n      held: 5\n', 7, /step 2: press: .*held/],
    [
      'steps:\n  - repeat:\n      times: 2\n      steps:\n        - wait: soon\n',
      8,
      /step 1\.1: wait: soon: write a time as/,
    ],
    ['steps:\n  - note: x\n  - press: { token: his }\n', 6, /step 2: press: there is no token his: there are t/],
    ['steps:\n  - climate: { place: moon }\n', 5, /there is no climate moon: there are laboratory, office/],
    ['steps:\n  - wait: ${long}\n', 5, /there is no variable long: there are none/],
    ['steps:\n  - include: nowhere.yaml\n', 5, /nowhere\.yaml: is not there/],
    ['steps:\n  - include: ../../etc/passwd\n', 5, /lies outside the folder of the file/],
    [
      'steps:\n  - schedule:\n      every: 0 s\n      for: 1 d\n      steps: [{ note: x }]\n',
      6,
      /every: is at least 1 s/,
    ],
    ['at_least: most\nsteps: [{ note: x }]\n', 4, /at_least: is a share such as 95 %/],
    ['steps:\n  - note: "x\n', 6, /./],
    ['steps:\n  - set_clock: {}\n', 5, /set_clock: needs either to or ahead_s/],
  ])('says what is wrong in %j, and in which line', (text, line, sentence) => {
    expect(() => read(text)).toThrow(ScenarioError);
    expect(() => read(text)).toThrow(new RegExp(`life\\.yaml:${line}: `));
    expect(() => read(text)).toThrow(sentence);
  });

  it('says in which file an included step is wrong, and ends a circle of includes', () => {
    file('bad.yaml', '- note: fine\n- wait: soon\n');
    expect(() => read('steps:\n  - include: bad.yaml\n')).toThrow(/bad\.yaml:2: step 2: wait/);
    file('circle.yaml', '- include: circle.yaml\n');
    expect(() => read('steps:\n  - include: circle.yaml\n')).toThrow(/includes go 8 deep at most/);
  });

  it('refuses includes and variables that multiply, and what is no file', () => {
    file('c.yaml', '- note: x\n'.repeat(300));
    file('b.yaml', '- include: c.yaml\n'.repeat(300));
    expect(() => read(`steps:\n${'  - include: b.yaml\n'.repeat(300)}`)).toThrow(/more than 200000 values/);
    const note = '  - note: "' + '$'.concat('{long} ').repeat(100) + '"\n';
    expect(() => read(`vars: { long: ${'x'.repeat(50_000)} }\nsteps:\n${note}`)).toThrow(/put in more than 4194304/);
    mkdirSync(join(folder, 'folder.yaml'));
    expect(() => read('steps:\n  - include: folder.yaml\n')).toThrow(/is not a file/);
  });

  it('names a token only from the step on that makes it', () => {
    expect(() => read('steps:\n  - press: { token: u }\n  - fork: { from: t, as: u }\n')).toThrow(
      /life\.yaml:5: .*no token u/,
    );
    expect(read('steps:\n  - fork: { from: t, as: u }\n  - press: { token: u }\n').steps).toHaveLength(2);
  });
});
