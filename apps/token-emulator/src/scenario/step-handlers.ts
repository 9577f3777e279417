import type { Device } from '../device/device.ts';
import type { DeviceEventKind } from '../device/device-event.ts';
import { bounce, plug } from '../device/harm.ts';
import { KEYS, type Key } from '../firmware/token-event.ts';
import { pinBytes } from '../firmware/token-machine.ts';
import { harmBy } from '../lab/harm-by-name.ts';
import type { Climate } from '../physics/climate.ts';
import { deviceTime, duration, type InstantMs, instant } from '../time/instant.ts';
import { startOf } from '../time/read-instant.ts';
import type { Bench, BenchToken } from './bench.ts';
import { whatIsWrong } from './check-expectation.ts';
import { ModelServer } from './model-server.ts';
import type { NestedName, Scenario, StepName, Steps } from './scenario.ts';
import { ServerClock } from './server-clock.ts';
import { runSideBySide } from './side-by-side.ts';
import { typedWith } from './typed-with.ts';
import type { Verifier } from './verifier.ts';

/** The glass needs a moment to turn dark, and a person to read and type. */
const READING_MS = 1_500;
const STEP_MS = 60_000;
const LOOK_EVERY = 200;

type FlatName = Exclude<StepName, NestedName>;
type Handlers = { readonly [Name in FlatName]: (what: Steps[Name]) => Promise<readonly string[]> | readonly string[] };

/** What each step of a scenario does, on a bench and at a server. */
export class StepHandlers {
  readonly #bench: Bench;
  readonly #verifier: Verifier;
  readonly #scenario: Scenario;
  readonly #serverClock = new ServerClock();

  constructor(bench: Bench, verifier: Verifier, scenario: Scenario) {
    this.#bench = bench;
    this.#verifier = verifier;
    this.#scenario = scenario;
  }

  /**
   * Runs one step.
   * @returns what went wrong, in words
   */
  async take<Name extends FlatName>(name: Name, what: Steps[Name]): Promise<readonly string[]> {
    try {
      return await this.#handlers[name](what);
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  }

  readonly #handlers: Handlers = {
    wait: (ms) => done(this.#bench.pass(ms)),
    note: () => [],
    enrol: (of) => this.#enrol(this.#token(of), of.expect),
    re_issue: ({ from, to }) => this.#reIssue(from, to),
    unlock: (of) => this.#atServer('unlock', of),
    suspend: ({ suspended, ...of }) => this.#atServer('suspend', of, suspended),
    delete: (of) => this.#atServer('remove', of),
    set_clock: (what) => setClock(this.#token(what).device, what),
    share_seed: ({ from, with: other }) => this.#shareSeed(from, other),
    press: (what) => this.#press(what),
    keys: (what) => this.#type(this.#token(what), what.type),
    pin: (what) => (this.#token(what).device.setPin(pinBytes(what.digits)) ? [] : ['the token took no PIN']),
    login: (what) => this.#logins(what),
    replay: (what) => this.#replay(what),
    answer: (what) => this.#answer(what),
    resync: (what) => this.#resync(what),
    bounce: (what) => this.#bounce(what),
    climate: (what) => done(this.#token(what).device.putInto(this.#placeOf(what.place))),
    temp: (what) => done(this.#token(what).device.putInto(what.C)),
    harm: (what) => done(harmBy(this.#token(what).device, what)),
    charge: (what) => done(this.#charge(this.#token(what), what.used_share)),
    plug: (what) => done(plug(this.#token(what).device, what.plugged)),
    fault: (what) => done(this.#token(what).wire.plan(what)),
    host: (what) => this.#host(what),
    server_clock: (what) => done(this.#setServerClock(what)),
    until: (what) => this.#until(what),
    fork: ({ from, as }) => done(this.#bench.put(as, this.#bench.token(from).device.fork())),
    fleet: (what) => runSideBySide(this.#scenario, what),
    typed: (what) => typedWith(what),
    expect: (what) => whatIsWrong(this.#token(what), this.#bench.events, what),
  };

  #token({ token }: { readonly token?: string | undefined }): BenchToken {
    return this.#bench.token(token);
  }

  async #enrol(token: BenchToken, expected: Steps['enrol']['expect']): Promise<readonly string[]> {
    const tornBefore = this.#eventsOf(token, 'torn-write');
    const failure = await this.#bench
      .overBus(token, (host) => this.#verifier.enrol(token.name, host))
      .then(
        () => '',
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
    const isTorn = this.#eventsOf(token, 'torn-write') > tornBefore;
    const isTaken = failure === '' && token.device.enrolmentId !== '';
    const found = isTaken ? 'taken' : isTorn ? 'torn' : 'refused';
    return found === expected ? [] : [`the seed was ${found}, not ${expected}${failure === '' ? '' : `: ${failure}`}`];
  }

  /** A new token for a customer: the server takes no more codes of the old one. */
  async #reIssue(from: string, to: string): Promise<readonly string[]> {
    const wrong = await this.#atServer('remove', { token: from });
    return wrong.length > 0 ? wrong : this.#enrol(this.#bench.token(to), 'taken');
  }

  async #atServer(
    what: 'unlock' | 'suspend' | 'remove',
    of: { readonly token?: string | undefined },
    isSuspended = true,
  ): Promise<readonly string[]> {
    const { name } = this.#token(of);
    const verifier = this.#verifier;
    if (verifier[what] === undefined) return [`this server has no way to ${what} by itself`];
    await verifier[what](name, isSuspended);
    return [];
  }

  #eventsOf({ name }: BenchToken, kind: DeviceEventKind): number {
    return this.#bench.events.countOf(name, kind);
  }

  #placeOf(place: string): Climate {
    const climate = this.#scenario.climates.get(place);
    if (climate === undefined) throw new RangeError(`there is no climate ${place}`);
    return climate;
  }

  #setServerClock({ off_by: offBySeconds, drift_ppm: driftPpm, slew = duration(0) }: Steps['server_clock']): void {
    this.#serverClock.set(this.#bench.now, { offBySeconds, driftPpm, slewMs: slew });
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

  #type({ device }: BenchToken, text: string): readonly string[] {
    if (!device.profile.keypad) return [`a ${device.profile.name} has no keypad`];
    for (const word of text.split(' ').filter((one) => one !== '')) {
      const keys = (KEYS as readonly string[]).includes(word) ? [word] : word.split('');
      for (const key of keys) device.pressKey(key as Key);
    }
    return [];
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
    return instant(this.#bench.now + Math.round(this.#serverClock.offBySeconds(this.#bench.now) * 1_000));
  }
}

/** Sets a token's clock, to a time or so far ahead of the right one. */
function setClock(device: Device, { to, ahead_s: aheadSeconds = 0, expect }: Steps['set_clock']): readonly string[] {
  const time = to === undefined ? device.now + aheadSeconds * 1_000 : startOf(to);
  const found = device.setClock(deviceTime(time)) ? 'taken' : 'refused';
  return found === expect ? [] : [`the time was ${found}, not ${expect}`];
}

/** Returns no complaint, for a step that cannot fail. */
function done(_done: unknown): readonly string[] {
  return [];
}
