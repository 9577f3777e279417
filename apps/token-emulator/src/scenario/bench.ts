import { Device } from '../device/device.ts';
import { RamzToken } from '../host/ramz-token.ts';
import { EventLog } from '../lab/event-log.ts';
import { changedProfile } from '../profile/changed-profile.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';
import { readDeviceProfile } from '../profile/read-device-profile.ts';
import { type InstantMs, instant } from '../time/instant.ts';
import { tokenSeed } from '../time/random-stream.ts';
import { startOf } from '../time/read-instant.ts';
import { InProcessTransport } from '../transport/in-process.ts';
import { type PluggableToken, pluggable } from '../usb/personalities/plug-token.ts';
import { isToHost } from '../usb/setup-packet.ts';
import { type SeenTransfer, TappedWire } from '../usb/tapped-wire.ts';
import { FaultyWire } from '../usb/usb-fault.ts';
import type { Scenario } from './scenario.ts';

/**
 * A token of a scenario, with the wire to the host that it is plugged into when a step needs it.
 */
export interface BenchToken extends PluggableToken {
  readonly name: string;
  readonly wire: FaultyWire;
  /** The wire as a host sees it, whose transfers are counted. */
  readonly tap: TappedWire;
  readonly transfers: ReadonlyMap<string, number>;
  /** The last code that was read off its glass. */
  lastCode: string;
}

/** The tokens of a scenario under one clock, which only the scenario moves. */
export class Bench {
  readonly events: EventLog = new EventLog();
  readonly #tokens = new Map<string, BenchToken>();
  #now: InstantMs;

  private constructor(now: InstantMs) {
    this.#now = now;
  }

  static async lay({ tokens, start, seed }: Scenario): Promise<Bench> {
    const bench = new Bench(startOf(start));
    let number = 0;
    for (const [name, { profile, change }] of Object.entries(tokens)) {
      const changed = changedProfile(readDeviceProfile(profile).profile, change ?? {});
      const identity = { serial: `SC-${String(number + 1).padStart(6, '0')}`, firmwareVersion: '0.1.0' };
      bench.put(
        name,
        await Device.make({ identity, profile: changed, now: bench.#now, seed: tokenSeed(seed, number) }),
      );
      number += 1;
    }
    return bench;
  }

  get now(): InstantMs {
    return this.#now;
  }

  /** Returns the kind and the number of digits of the first token's codes, for a server. */
  kindOfFirst(): [DeviceProfile['code'], number] {
    const [first] = this.#tokens.values();
    if (first === undefined) throw new RangeError('a scenario has a token');
    const { code, display } = first.device.profile;
    return [code, Math.min(8, display.digits)];
  }

  /** Whether a step names a token, or there is only one. */
  has(name: string | undefined): boolean {
    return name === undefined ? this.#tokens.size === 1 : this.#tokens.has(name);
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
    // A delay would be in the scenario's time, which only the scenario moves: nothing waits for it.
    const wire = new FaultyWire(token.usb, async () => {});
    const transfers = new Map<string, number>();
    const tap = new TappedWire(wire, (transfer) => count(transfers, transfer));
    this.#tokens.set(name, { ...token, name, wire, tap, transfers, lastCode: '' });
  }

  pass(ms: number): void {
    const until = instant(this.#now + ms);
    for (const { device } of this.#tokens.values()) device.runUntil(until);
    this.#now = until;
  }

  /** Plugs the token in for `work` over the bus only. */
  async overBus<T>({ tap }: BenchToken, work: (host: RamzToken) => Promise<T>): Promise<T> {
    const host = new RamzToken(new InProcessTransport(tap), ANSWER_TIMEOUT_MS);
    try {
      return await work(host);
    } finally {
      await host.close();
    }
  }
}

/** In the same process an answer comes at once or never. */
const ANSWER_TIMEOUT_MS = 50;

/** Counts a transfer by its kind, and once more if it failed. */
function count(transfers: Map<string, number>, transfer: SeenTransfer): void {
  if (transfer.kind === 'attached') return;
  const add = (what: string) => transfers.set(what, (transfers.get(what) ?? 0) + 1);
  if (transfer.kind === 'control') add(isToHost(transfer.setup) ? 'control-in' : 'control-out');
  else add(transfer.kind === 'read' ? 'interrupt-in' : 'interrupt-out');
  if (transfer.outcome.status === 'stall') add('stalled');
  else if (transfer.outcome.status !== 'ok') add('lost');
}
