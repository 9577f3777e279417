import { bounce, plug } from '../device/harm.ts';
import { KEYS, type Key } from '../firmware/token-event.ts';
import { pinBytes } from '../firmware/token-machine.ts';
import { harmBy } from '../lab/harm-by-name.ts';
import { CLIMATES } from '../physics/climate.ts';
import { type InstantMs, instant } from '../time/instant.ts';
import { Bench, type BenchToken } from './bench.ts';
import { whatIsWrong } from './check-expectation.ts';
import { ModelServer } from './model-server.ts';
import { runFleet } from './run-fleet.ts';
import type { Scenario, StepName, Steps } from './scenario.ts';
import { typedWith } from './typed-with.ts';
import type { Verifier } from './verifier.ts';

/** The outcome of one step. */
export interface TraceLine {
  readonly step: number;
  readonly did: StepName;
  /** The time on both clocks. `device_time` is that of the step's token, null without one. */
  readonly lab_time: string;
  readonly device_time: string | null;
  readonly wrong: readonly string[];
}

export interface ScenarioResult {
  readonly name: string;
  readonly passed: boolean;
  readonly trace: readonly TraceLine[];
}

/** The glass needs a moment to turn dark, and a person to read and type. */
const READING_MS = 1_500;
const STEP_MS = 60_000;
const LOOK_EVERY = 200;

type Handlers = { readonly [Name in StepName]: (what: Steps[Name]) => Promise<readonly string[]> | readonly string[] };

/**
 * Runs a scenario to its end, or to the first step that fails.
 * @param verifier to use instead of the model server
 */
export async function runScenario(scenario: Scenario, verifier?: Verifier): Promise<ScenarioResult> {
  const bench = await Bench.lay(scenario);
  const run = new ScenarioRun(bench, verifier ?? modelServer(scenario, bench), scenario);
  const trace: TraceLine[] = [];
  for (const [i, step] of scenario.steps.entries()) {
    const [did] = Object.keys(step) as [StepName];
    const wrong = await run.take(did, step[did] as never);
    trace.push({ step: i + 1, did, ...clocks(bench, step[did]), wrong });
    if (wrong.length > 0) break;
  }
  return { name: scenario.name, passed: trace.every(({ wrong }) => wrong.length === 0), trace };
}

function modelServer({ server, seed }: Scenario, bench: Bench): ModelServer {
  const [kind, digits] = bench.kindOfFirst();
  const { tries, back_steps: backSteps, ahead_steps: aheadSteps, resync_steps: resyncSteps } = server;
  const policy = { tries, backSteps, aheadSteps, resyncSteps, learnsDrift: server.learns_drift, kind };
  return new ModelServer(policy, seed, digits);
}

function clocks(bench: Bench, what: unknown): Pick<TraceLine, 'lab_time' | 'device_time'> {
  const name = typeof what === 'object' && what !== null && 'token' in what ? String(what.token) : undefined;
  const labTime = new Date(bench.now).toISOString();
  try {
    return { lab_time: labTime, device_time: new Date(bench.token(name).device.deviceTime).toISOString() };
  } catch {
    return { lab_time: labTime, device_time: null };
  }
}

class ScenarioRun {
  readonly #bench: Bench;
  readonly #verifier: Verifier;
  readonly #scenario: Scenario;
  #serverOffBySeconds = 0;

  constructor(bench: Bench, verifier: Verifier, scenario: Scenario) {
    this.#bench = bench;
    this.#verifier = verifier;
    this.#scenario = scenario;
  }

  /**
   * Runs one step.
   * @returns what went wrong, in words
   */
  async take<Name extends StepName>(name: Name, what: Steps[Name]): Promise<readonly string[]> {
    try {
      return await this.#handlers[name](what);
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  }

  readonly #handlers: Handlers = {
    wait: (ms) => done(this.#bench.pass(ms)),
    note: () => [],
    enrol: (of) => this.#enrol(this.#token(of)),
    share_seed: ({ from, with: other }) => this.#shareSeed(from, other),
    press: (what) => this.#press(what),
    keys: (what) => done(this.#type(this.#token(what), what.type)),
    pin: (what) => (this.#token(what).device.setPin(pinBytes(what.digits)) ? [] : ['the token took no PIN']),
    login: (what) => this.#logins(what),
    replay: (what) => this.#replay(what),
    answer: (what) => this.#answer(what),
    resync: (what) => this.#resync(what),
    bounce: (what) => this.#bounce(what),
    climate: (what) => done(this.#token(what).device.putInto(CLIMATES[what.place])),
    temp: (what) => done(this.#token(what).device.putInto(what.C)),
    harm: (what) => done(harmBy(this.#token(what).device, what)),
    charge: (what) => done(this.#charge(this.#token(what), what.used_share)),
    plug: (what) => done(plug(this.#token(what).device, what.plugged)),
    fault: (what) => done(this.#token(what).wire.plan(what)),
    host: (what) => this.#host(what),
    server_clock: ({ off_by: offBy }) => done((this.#serverOffBySeconds = offBy)),
    until: (what) => this.#until(what),
    fork: ({ from, as }) => done(this.#bench.put(as, this.#bench.token(from).device.fork())),
    fleet: (what) => runFleet(this.#scenario, what),
    typed: (what) => typedWith(what),
    expect: (what) => whatIsWrong(this.#token(what), this.#bench.events, what),
  };

  #token({ token }: { readonly token?: string | undefined }): BenchToken {
    return this.#bench.token(token);
  }

  async #enrol(token: BenchToken): Promise<readonly string[]> {
    await this.#bench.overBus(token, (host) => this.#verifier.enrol(token.name, host));
    return token.device.enrolmentId === '' ? ['the token took no seed'] : [];
  }

  /**
   * Simulates one seed in two tokens by mistake: the second is a copy of the first in another case.
   */
  async #shareSeed(from: string, other: string): Promise<readonly string[]> {
    this.#bench.put(other, this.#bench.token(from).device.fork());
    if (!(this.#verifier instanceof ModelServer)) return ['only the model server can share a seed'];
    this.#verifier.shareSeed(from, other);
    return [];
  }

  #press({ times, every, held_ms: heldMs, ...of }: Steps['press']): readonly string[] {
    const { device } = this.#token(of);
    for (let i = 0; i < times; i++) {
      device.pressButton(heldMs);
      this.#bench.pass(every ?? 0);
    }
    return [];
  }

  #type({ device }: BenchToken, text: string): void {
    for (const word of text.split(' ').filter((one) => one !== '')) {
      const keys = (KEYS as readonly string[]).includes(word) ? [word] : word.split('');
      for (const key of keys) device.pressKey(key as Key);
    }
  }

  async #logins({ times, every, ...what }: Steps['login']): Promise<readonly string[]> {
    for (let i = 0; i < times; i++) {
      const wrong = await this.#login({ times: 1, ...what });
      if (wrong.length > 0) return times === 1 ? wrong : wrong.map((one) => `login ${i + 1}: ${one}`);
      this.#bench.pass(every ?? 0);
    }
    return [];
  }

  /** A person presses, reads what they can, and types it. */
  async #login({ after, expect, as, ...of }: Steps['login']): Promise<readonly string[]> {
    const token = this.#token(of);
    const code = this.#readCode(token);
    if (code === undefined) return ['no code can be read off the glass'];
    this.#bench.pass(after ?? 0);
    return this.#verdict(as ?? token.name, code, expect);
  }

  #readCode(token: BenchToken): string | undefined {
    token.device.pressButton();
    this.#bench.pass(READING_MS);
    const { kind, readAs } = token.device.glass;
    const code = readAs.trim();
    if (kind !== 'code' || !/^\d+$/.test(code)) return undefined;
    token.lastCode = code;
    return code;
  }

  async #replay({ as, expect, ...of }: Steps['replay']): Promise<readonly string[]> {
    const { name, lastCode } = this.#token(of);
    if (lastCode === '') return ['no code was read before: there is nothing to replay'];
    return this.#verdict(as ?? name, lastCode, expect);
  }

  #answer({ challenge, expect, ...of }: Steps['answer']): readonly string[] {
    const token = this.#token(of);
    this.#bench.pass(READING_MS);
    const { kind, readAs } = token.device.glass;
    if (kind !== 'code') return ['there is no answer on the glass'];
    if (!(this.#verifier instanceof ModelServer)) return ['only the model server takes answers'];
    const verdict = this.#verifier.answer(token.name, challenge, readAs.trim());
    return verdict === expect ? [] : [`the server says ${verdict}, not ${expect}`];
  }

  async #verdict(name: string, code: string, expected: string): Promise<readonly string[]> {
    await this.#verifier.setTime(this.#serverTime());
    const verdict = await this.#verifier.verify(name, code);
    return verdict === expected ? [] : [`the server says ${verdict}, not ${expected}`];
  }

  async #resync({ expect, ...of }: Steps['resync']): Promise<readonly string[]> {
    const token = this.#token(of);
    const first = this.#readCode(token);
    this.#bench.pass(token.device.profile.code === 'time' ? STEP_MS : READING_MS);
    const second = this.#readCode(token);
    if (first === undefined || second === undefined) return ['no two codes can be read off the glass'];
    await this.#verifier.setTime(this.#serverTime());
    const verdict = await this.#verifier.resynchronise(token.name, first, second);
    return verdict === expect ? [] : [`the server says ${verdict}, not ${expect}`];
  }

  #bounce({ edges_ms: edgesMs, presses, ...of }: Steps['bounce']): readonly string[] {
    const edges = edgesMs.map((atMs, i) => ({ atMs, closed: i % 2 === 0 }));
    const seen = bounce(this.#token(of).device, edges);
    return seen === presses ? [] : [`${seen} presses were seen, not ${presses}`];
  }

  #charge({ device }: BenchToken, usedShare: number): void {
    device.change({ usedMah: device.physical.cell.capacityMah * usedShare });
    device.look();
  }

  async #host({ do: what, expect, ...of }: Steps['host']): Promise<readonly string[]> {
    const token = this.#token(of);
    const outcome = await this.#bench
      .overBus(token, async (host) => {
        if (what === 'info' || what === 'replug') await host.info();
        if (what === 'read') await host.readDisplay();
        if (what === 'press') await host.press();
      })
      .then(
        () => 'ok',
        (error: unknown) => `error: ${error instanceof Error ? error.message : String(error)}`,
      );
    return outcome.startsWith(expect) ? [] : [`the host says ${outcome}`];
  }

  #until({ within, powered, state, expect, ...of }: Steps['until']): readonly string[] {
    const { device } = this.#token(of);
    const isThere = () =>
      (powered === undefined || device.isPowered === powered) && (state === undefined || device.stateName === state);
    for (let i = 0; i < LOOK_EVERY && !isThere(); i++) this.#bench.pass(Math.ceil(within / LOOK_EVERY));
    if (isThere() === expect) return [];
    return [expect ? `the condition was not met within ${within / 86_400_000} days` : 'the condition was met'];
  }

  #serverTime(): InstantMs {
    return instant(this.#bench.now + Math.round(this.#serverOffBySeconds * 1_000));
  }
}

/** Returns no complaint, for a step that cannot fail. */
function done(_done: unknown): readonly string[] {
  return [];
}
