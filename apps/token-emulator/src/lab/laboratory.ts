import { Device } from '../device/device.ts';
import type { DeviceEvent } from '../device/device-event.ts';
import { plug } from '../device/harm.ts';
import { readDeviceProfile } from '../profile/read-device-profile.ts';
import { type InstantMs, instant } from '../time/instant.ts';
import { tokenSeed } from '../time/random-stream.ts';
import type { BusDevice } from '../usb/bus-device.ts';
import { isOfVendor, type PersonalityName } from '../usb/personalities/personality-names.ts';
import { type PluggableToken, pluggable, restoredMemory } from '../usb/personalities/plug-token.ts';
import type { RamzInterfaces } from '../usb/personalities/ramz/ramz-personality.ts';
import { TappedWire } from '../usb/tapped-wire.ts';
import { FaultyWire } from '../usb/usb-fault.ts';
import { EventLog } from './event-log.ts';
import { History } from './history.ts';
import { LabRefused } from './lab-refused.ts';
import type { SavedLab, SavedToken } from './state-file.ts';
import { TrafficLog } from './traffic-log.ts';

/** More than a host can take. Larger fleets are not for a laboratory. */
const TOKENS_MAX = 1_024;
const SNAPSHOTS_MAX = 64;
/** So often a plot is sampled in one advance, at most: enough for a page. */
const SAMPLES_AN_ADVANCE = 100;
const SAMPLED_MS = 60_000;

/** A token on the bench, with the wire that plugs it in. */
export interface LabToken extends PluggableToken {
  readonly name: string;
  /** Of the tokens made in its laboratory, from 0. */
  readonly number: number;
  readonly personality: PersonalityName;
  readonly interfaces: RamzInterfaces | undefined;
  readonly wire: FaultyWire;
  /** The wire as a bus plugs it in: what passes is kept for a while. */
  readonly bus: BusDevice;
  readonly traffic: TrafficLog;
  readonly history: History;
}

/** What a token was when a snapshot of it was taken. */
interface Kept {
  readonly device: Device;
  readonly personality: PersonalityName;
  readonly interfaces: RamzInterfaces | undefined;
}

/** Options for putting a token on the bench. */
export interface NewToken {
  readonly name?: string | undefined;
  readonly profile?: string | undefined;
  readonly personality?: PersonalityName | undefined;
  readonly interfaces?: RamzInterfaces | undefined;
}

export interface LaboratoryOptions {
  readonly now: InstantMs;
  /** Seed of all random events: the same number makes the same world. */
  readonly seed: number;
  /** Whether vendors' USB numbers may be used. */
  readonly allowsVendorIdentity: boolean;
}

/** A bench of tokens under one virtual clock, which moves only through `runUntil`. */
export class Laboratory {
  readonly events: EventLog = new EventLog();
  readonly #options: LaboratoryOptions;
  readonly #tokens = new Map<string, LabToken>();
  readonly #snapshots = new Map<string, Kept>();
  #now: InstantMs;
  #seed: number;
  #made = 0;
  #snapshotsTaken = 0;
  /** Events of an advance that is under way, which are reported in the order of their times. */
  #happened: [token: string, event: DeviceEvent][] | undefined;
  /** Called with each new token, so that a bus can plug it in. */
  onToken: (token: LabToken) => void = () => {};
  /** Called with each token that is taken off the bench. */
  onGone: (token: LabToken) => void = () => {};

  constructor(options: LaboratoryOptions) {
    this.#options = options;
    this.#now = options.now;
    this.#seed = options.seed;
  }

  get now(): InstantMs {
    return this.#now;
  }

  get seed(): number {
    return this.#seed;
  }

  get tokens(): readonly LabToken[] {
    return [...this.#tokens.values()];
  }

  /** @throws LabRefused, ProfileError */
  async add({ name, profile = 'classic-time', personality = 'ramz', interfaces }: NewToken): Promise<LabToken> {
    this.#mustAllow(personality);
    // Before anything is awaited: tokens that are added at once differ.
    const number = this.#nextNumber();
    const { profile: read } = readDeviceProfile(profile);
    const identity = { serial: `RZ-${String(number + 1).padStart(6, '0')}`, firmwareVersion: '0.1.0' };
    const device = await Device.make({
      identity,
      profile: read,
      now: this.#now,
      seed: tokenSeed(this.#seed, number),
    });
    return this.#bench(name ?? `token-${number + 1}`, device, { personality, interfaces }, number);
  }

  /**
   * Puts a token on the bench that has lived elsewhere until the laboratory's time.
   * @throws LabRefused
   */
  put(name: string, device: Device): LabToken {
    return this.#bench(name, device, { personality: 'ramz', interfaces: undefined });
  }

  /** Returns all that this laboratory is, without its events and plots. */
  async save(): Promise<SavedLab> {
    const saved = async (name: string, { personality, interfaces, device }: Kept) => ({
      name,
      personality,
      interfaces,
      device: await device.save(),
    });
    return {
      nowMs: this.#now,
      seed: this.seed,
      made: this.#made,
      snapshotsTaken: this.#snapshotsTaken,
      lastEvent: this.events.last,
      tokens: await Promise.all(
        this.tokens.map(async (token) => ({ ...(await saved(token.name, token)), number: token.number })),
      ),
      snapshots: await Promise.all([...this.#snapshots].map(([name, kept]) => saved(name, kept))),
    };
  }

  /** Puts the tokens of a saved laboratory on the bench, at its time. */
  async restore({ nowMs, seed, made, snapshotsTaken, lastEvent, tokens, snapshots }: SavedLab): Promise<void> {
    for (const { personality } of [...tokens, ...snapshots]) this.#mustAllow(personality);
    this.#now = instant(nowMs);
    this.#seed = seed;
    this.events.continueAfter(lastEvent);
    const restored = async ({ personality, device: saved }: SavedToken) => {
      const device = await Device.restore(saved, (kept) => restoredMemory(personality, kept));
      // Hosts have gone with the former laboratory.
      plug(device, false);
      return device;
    };
    for (const saved of tokens) this.#bench(saved.name, await restored(saved), saved, saved.number);
    for (const saved of snapshots) this.#snapshots.set(saved.name, { ...saved, device: await restored(saved) });
    this.#made = made;
    this.#snapshotsTaken = snapshotsTaken;
  }

  /** @throws LabRefused */
  #mustAllow(personality: PersonalityName): void {
    if (!isOfVendor(personality) || this.#options.allowsVendorIdentity) return;
    throw new LabRefused(`${personality} uses its vendor's USB numbers: start with --vendor-identity if you may`);
  }

  /** @throws LabRefused */
  token(name: string): LabToken {
    const found = this.#tokens.get(name);
    if (found !== undefined) return found;
    throw new LabRefused(
      `there is no token ${name}: there are ${[...this.#tokens.keys()].join(', ') || 'none'}`,
      'not-there',
    );
  }

  /** Runs all tokens until then, whole: nothing else happens in between. */
  runUntil(until: InstantMs): void {
    this.#happened = [];
    for (const { device, history } of this.#tokens.values()) {
      const everyMs = Math.max(SAMPLED_MS, (until - device.now) / SAMPLES_AN_ADVANCE);
      for (let at = device.now + everyMs; at < until; at += everyMs) {
        device.runUntil(instant(Math.floor(at)));
        history.look(device);
      }
      device.runUntil(until);
      history.look(device);
    }
    this.#now = until;
    const happened = this.#happened.toSorted(([, a], [, b]) => a.at - b.at);
    this.#happened = undefined;
    for (const [token, event] of happened) this.events.add(token, event);
  }

  /**
   * @returns the name of the snapshot
   * @throws LabRefused
   */
  takeSnapshot(of: string): string {
    if (this.#snapshots.size >= SNAPSHOTS_MAX) {
      throw new LabRefused(`at most ${SNAPSHOTS_MAX} snapshots are kept: delete one first`);
    }
    const { device, personality, interfaces } = this.token(of);
    this.#snapshotsTaken += 1;
    const id = `${of}@${this.#snapshotsTaken}`;
    this.#snapshots.set(id, { device: device.fork(), personality, interfaces });
    return id;
  }

  get snapshots(): readonly { readonly name: string; readonly takenAt: InstantMs }[] {
    return [...this.#snapshots].map(([name, { device }]) => ({ name, takenAt: device.now }));
  }

  /** @throws LabRefused */
  dropSnapshot(name: string): void {
    const kept = this.#snapshots.get(name);
    if (kept === undefined) throw new LabRefused(`there is no snapshot ${name}`, 'not-there');
    kept.device.wipe();
    this.#snapshots.delete(name);
  }

  /**
   * Takes a token off the bench and wipes it. Its snapshots stay.
   * @throws LabRefused
   */
  remove(name: string): void {
    const gone = this.token(name);
    this.#tokens.delete(name);
    this.onGone(gone);
    gone.device.wipe();
  }

  /**
   * Adds a token that continues from a snapshot or from the current state of a token. No cable is
   * in it.
   * @throws LabRefused
   */
  fork(from: string, name: string): LabToken {
    const { device: of, personality, interfaces } = this.#snapshots.get(from) ?? this.#origin(from);
    this.#checkName(name);
    const device = of.fork();
    plug(device, false);
    if (device.now < this.#now) device.runUntil(this.#now);
    return this.#bench(name, device, { personality, interfaces });
  }

  #nextNumber(): number {
    this.#made += 1;
    return this.#made - 1;
  }

  /** Before a seed is copied for it. */
  #checkName(name: string): void {
    if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(name)) {
      throw new LabRefused('a name has 1 to 32 small letters, digits and hyphens');
    }
    if (this.#tokens.has(name)) throw new LabRefused(`there is a token ${name} already`);
    if (this.#tokens.size >= TOKENS_MAX) throw new LabRefused(`at most ${TOKENS_MAX} tokens are on a bench`);
  }

  #bench(
    name: string,
    device: Device,
    { personality, interfaces }: Pick<Kept, 'personality' | 'interfaces'>,
    number = this.#nextNumber(),
  ): LabToken {
    this.#checkName(name);
    const token = pluggable(device, personality, number, interfaces);
    device.onEvent = (event) => this.#tell(name, event);
    const wire = new FaultyWire(token.usb, (ms) => new Promise((done) => setTimeout(done, ms)));
    const traffic = new TrafficLog();
    const bus = new TappedWire(wire, (transfer) => traffic.add(transfer, this.#now));
    const onBench = { ...token, name, number, personality, interfaces, wire, bus, traffic, history: new History() };
    this.#tokens.set(name, onBench);
    this.onToken(onBench);
    return onBench;
  }

  #origin(from: string): LabToken {
    const found = this.#tokens.get(from);
    if (found !== undefined) return found;
    const names = [...this.#tokens.keys(), ...this.#snapshots.keys()];
    throw new LabRefused(`there is no token or snapshot ${from}: there are ${names.join(', ') || 'none'}`, 'not-there');
  }

  #tell(name: string, event: DeviceEvent): void {
    if (this.#happened === undefined) this.events.add(name, event);
    else this.#happened.push([name, event]);
  }
}
