import { Device } from '../device/device.ts';
import { RamzToken } from '../host/ramz-token.ts';
import { EventLog } from '../lab/event-log.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';
import { readDeviceProfile } from '../profile/read-device-profile.ts';
import { type InstantMs, instant } from '../time/instant.ts';
import { InProcessTransport } from '../transport/in-process.ts';
import { type PluggableToken, pluggable } from '../usb/personalities/plug-token.ts';
import { FaultyWire } from '../usb/usb-fault.ts';
import { changedProfile } from './changed-profile.ts';
import type { Scenario } from './scenario.ts';

/** A token of a scenario, and the host that it is plugged into whenever something is asked over the bus. */
export interface BenchToken extends PluggableToken {
  readonly name: string;
  readonly wire: FaultyWire;
  /** The last code that was read off its glass. */
  lastCode: string;
}

/** A scenario's tokens under one clock that nothing but the scenario moves. */
export class Bench {
  readonly events: EventLog = new EventLog();
  readonly #tokens = new Map<string, BenchToken>();
  #now: InstantMs;

  private constructor(now: InstantMs) {
    this.#now = now;
  }

  static async lay({ tokens, start, seed }: Scenario): Promise<Bench> {
    const bench = new Bench(instant(Date.parse(start)));
    let number = 0;
    for (const [name, { profile, change }] of Object.entries(tokens)) {
      const changed = changedProfile(readDeviceProfile(profile).profile, change ?? {});
      const identity = { serial: `SC-${String(number + 1).padStart(6, '0')}`, firmwareVersion: '0.1.0' };
      bench.put(name, await Device.make({ identity, profile: changed, now: bench.#now, seed: seed * 1_000 + number }));
      number += 1;
    }
    return bench;
  }

  get now(): InstantMs {
    return this.#now;
  }

  /** What the first token shows codes of, and how many digits they have: what a server is told. */
  kindOfFirst(): [DeviceProfile['code'], number] {
    const [first] = this.#tokens.values();
    if (first === undefined) throw new RangeError('a scenario has a token');
    const { code, display } = first.device.profile;
    return [code, Math.min(8, display.digits)];
  }

  /** @throws RangeError */
  token(name: string | undefined): BenchToken {
    const found =
      name === undefined && this.#tokens.size === 1 ? [...this.#tokens.values()][0] : this.#tokens.get(name ?? '');
    if (found === undefined) throw new RangeError(`there is no token ${name ?? '(none was named)'}`);
    return found;
  }

  put(name: string, device: Device): void {
    const token = pluggable(device);
    device.onEvent = (event) => this.events.add(name, event);
    // Late is so many milliseconds of the scenario's time, which pass when it is not waited for.
    const wire = new FaultyWire(token.usb, async () => {});
    this.#tokens.set(name, { ...token, name, wire, lastCode: '' });
  }

  pass(ms: number): void {
    const until = instant(this.#now + ms);
    for (const { device } of this.#tokens.values()) device.runUntil(until);
    this.#now = until;
  }

  /** Work over the bus, plugged in for it only. */
  async overBus<T>({ wire }: BenchToken, work: (host: RamzToken) => Promise<T>): Promise<T> {
    const host = new RamzToken(new InProcessTransport(wire), ANSWER_TIMEOUT_MS);
    try {
      return await work(host);
    } finally {
      await host.close();
    }
  }
}

/** In the same process an answer is there at once, or it does not come. */
const ANSWER_TIMEOUT_MS = 50;
