import { RecipientKeys } from '@ramz/custody';
import { Secret } from '@ramz/otp-core';
import { loadedOf } from '../firmware/loaded.ts';
import type { Key, TokenEffect, TokenEvent } from '../firmware/token-event.ts';
import { ACCEPTS, secretsOf } from '../firmware/token-machine.ts';
import type { Provision, StateName } from '../firmware/token-state.ts';
import type { Climate } from '../physics/climate.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';
import { type DeviceTimeMs, type InstantMs, instant } from '../time/instant.ts';
import { BodyInTime } from './body-in-time.ts';
import { letUp, putDown } from './button-in-time.ts';
import { carryOutDue } from './carry-out-due.ts';
import type { DeviceEvent, DeviceEventKind } from './device-event.ts';
import type { DeviceIdentity, DeviceOptions } from './device-options.ts';
import type { KeptMemory, WriteOutcome } from './kept-memory.ts';
import { blankDevice } from './new-device.ts';
import { openSeed } from './open-seed.ts';
import { type Physical, ROOM_C } from './physical.ts';
import { RunningProgram } from './running-program.ts';
import { restoredDevice, type SavedDevice, savedDevice } from './saved-device.ts';
import { copyOf, type Snapshot } from './snapshot.ts';
import { SupplyWatch } from './supply-watch.ts';
import { type GlassView, viewGlass } from './view-glass.ts';

/** The end of the year 9999. A later clock is a mistake: ISO dates have four-digit years. */
const CLOCK_MS_MAX = 253_402_300_799_000;
/**
 * A token: its body, its program, and its own key pair. Time is virtual and moves only through
 * `runUntil`. `harm.ts` has what is done to it; `usb/` how it appears on a bus.
 */
export class Device {
  readonly identity: DeviceIdentity;
  readonly profile: DeviceProfile;
  readonly #keys: RecipientKeys;
  readonly #body: BodyInTime;
  readonly #program: RunningProgram;
  readonly #supply: SupplyWatch;
  /** The memory of its personality, which sets it; undefined before. */
  kept: KeptMemory | undefined;
  /** Called with each event; a laboratory records them. */
  onEvent: (event: DeviceEvent) => void = () => {};
  /** Called when a bus, or a supply that returns on it, gives power: a session begins. */
  onPowerUp: () => void = () => {};
  /** Called with each code as soon as it is made, so that a keyboard can type it. */
  onCode: (code: string) => void = () => {};

  private constructor(keys: RecipientKeys, snapshot: Snapshot) {
    this.#keys = keys;
    this.identity = snapshot.identity;
    this.profile = snapshot.profile;
    this.kept = snapshot.kept;
    this.#body = new BodyInTime(snapshot);
    const tell = (kind: DeviceEventKind, detail: string) => this.tell(kind, detail);
    this.#program = new RunningProgram(this.#body, snapshot, { tell, onCode: (code) => this.onCode(code) });
    this.#supply = new SupplyWatch(this.#body, this.#program, snapshot.profile, tell);
  }

  /**
   * Makes a new device, which has lain on the shelf for its profile's time before `now`. Its key
   * pair is made inside it, as at the factory.
   */
  static async make({ identity, profile, now, seed = 0 }: DeviceOptions): Promise<Device> {
    const device = new Device(await RecipientKeys.make(), blankDevice(identity, profile, `${seed}`, now));
    device.runUntil(now);
    device.putInto(ROOM_C);
    return device;
  }

  /** Returns a device that continues where a saved one stopped. */
  static async restore(saved: SavedDevice, restoreKept: (kept: unknown) => KeptMemory | undefined): Promise<Device> {
    const { keys, snapshot } = await restoredDevice(saved, restoreKept);
    return new Device(keys, snapshot);
  }

  save(): Promise<SavedDevice> {
    return savedDevice(this.snapshot(), this.#keys);
  }

  /** Returns an independent copy: same body, key pair and random numbers to come. */
  fork(): Device {
    return new Device(this.#keys, copyOf(this.snapshot()));
  }

  /** Returns the current state. This token still owns its secrets; `copyOf` copies them too. */
  snapshot(): Snapshot {
    return { identity: this.identity, kept: this.kept, ...this.#program.snapshot(), ...this.#body.snapshot() };
  }

  get publicKey(): Uint8Array {
    return this.#keys.publicKey;
  }

  /** The laboratory's clock. */
  get now(): InstantMs {
    return this.#body.now;
  }

  /** The token's own clock; it stops without power. */
  get deviceTime(): DeviceTimeMs {
    return this.#body.deviceTime;
  }

  /** Where it is: a temperature in °C, or a climate. */
  get place(): Climate | number {
    return this.#body.place;
  }

  get stateName(): StateName {
    return this.#program.state.name;
  }

  get physical(): Physical {
    return this.#body.physical;
  }

  get enrolmentId(): string {
    const state = this.#program.state;
    return state.name === 'opening' ? state.provision.enrolmentId : (loadedOf(state)?.provision.enrolmentId ?? '');
  }

  get counter(): number {
    return loadedOf(this.#program.state)?.counter ?? 0;
  }

  get pinTriesLeft(): number | undefined {
    return loadedOf(this.#program.state)?.pin?.triesLeft;
  }

  get isPowered(): boolean {
    return this.#program.state.name !== 'off';
  }

  get supplyVolts(): number {
    return this.#body.supplyVolts(this.loadMicroamps);
  }

  get loadMicroamps(): number {
    return this.#program.loadMicroamps;
  }

  /** The current error of the token's clock; positive is fast. */
  get clockErrorPpm(): number {
    return this.#body.clockErrorPpm;
  }

  /** What a person looking at the glass sees. */
  get glass(): GlassView {
    const { state, shownSinceSeconds } = this.#program;
    return viewGlass(state, this.physical, this.profile, this.supplyVolts, shownSinceSeconds);
  }

  /** The text that the program shows; undefined when dark. A person may misread it: see `glass`. */
  get display(): string | undefined {
    return 'display' in this.#program.state ? this.#program.state.display.text : undefined;
  }

  /** Advances virtual time to `until`. Events that are due by then happen in order. */
  runUntil(until: InstantMs): void {
    if (until < this.now) throw new RangeError('virtual time does not go back');
    carryOutDue(this, this.#program.ahead);
    while (this.now < until) {
      this.#body.carry(this.#program.load);
      const due = Math.min(until, this.#program.ahead.nextAt ?? until);
      this.#body.pass(this.#body.nextTurn(instant(Math.max(due, this.now))) ?? instant(due));
      carryOutDue(this, this.#program.ahead);
      this.look();
    }
    this.#program.rollOver();
  }

  /** Presses the button. Held for the profile's `hold_s` or longer, it is a hold, not a press. */
  pressButton(heldMs = 100): void {
    if (this.physical.isButtonStuck || !this.isPowered) return;
    this.change({ presses: this.physical.presses + 1 });
    const isHold = heldMs >= this.profile.button.hold_s * 1_000;
    this.tell(isHold ? 'held' : 'pressed', `${heldMs} ms`);
    this.happen({ kind: isHold ? 'button-held' : 'button-pressed' });
    this.look();
  }

  buttonDown(): void {
    putDown(this, this.#program);
  }

  buttonUp(): void {
    letUp(this, this.#program);
  }

  /** Presses a key of the keypad. Does nothing on a token without one. */
  pressKey(key: Key): void {
    if (!this.profile.keypad || !this.isPowered) return;
    this.tell('key', key === 'ok' || key === 'clear' ? key : 'a digit');
    if (this.#program.state.name === 'dark' && key === 'ok') return void this.happen({ kind: 'button-pressed' });
    this.happen({ kind: 'key-pressed', key });
  }

  /**
   * Gives the token a host's challenge.
   * @returns whether it has answered on its glass
   */
  challenge(challenge: string): boolean {
    this.happen({ kind: 'challenged', challenge });
    return this.#program.state.name === 'showing';
  }

  /** @returns whether the token took the PIN: it must be provisioned, support PINs and have none */
  setPin(digits: Uint8Array): boolean {
    const { pin } = this.profile;
    const secret = Secret.own(digits);
    if (pin === null || digits.length !== pin.digits || ACCEPTS[this.stateName]['pin-set'] === undefined) {
      secret.wipe();
      return false;
    }
    this.happen({ kind: 'pin-set', digits: secret });
    return loadedOf(this.#program.state)?.pin?.digits === secret;
  }

  /** Sets the clock, if the profile allows it. */
  setClock(time: DeviceTimeMs): boolean {
    if (!this.profile.clock.settable || !this.isPowered || Math.abs(time) > CLOCK_MS_MAX) return false;
    this.change({ clockMs: time, gainedSeconds: 0 });
    this.tell('clock-set', new Date(time).toISOString());
    this.#program.clockSet();
    return true;
  }

  /** Puts the token at this temperature in °C, or into this climate. */
  putInto(where: Climate | number): void {
    this.#body.putInto(where);
    this.look();
  }

  /**
   * Loads a seed.
   * @returns false if the envelope was not sealed for this device and enrolment
   */
  async provision(provision: Provision, envelope: Uint8Array): Promise<boolean> {
    for (const effect of this.happen({ kind: 'provision', provision, envelope })) {
      if (effect.kind !== 'open-envelope') continue;
      const seed = await openSeed(this.#keys, effect.envelope, effect.context);
      this.happen(seed === undefined ? { kind: 'seed-refused', provision } : { kind: 'seed-opened', provision, seed });
      const isLoaded = loadedOf(this.#program.state)?.provision === provision;
      this.tell(isLoaded ? 'provisioned' : 'seed-refused', provision.enrolmentId);
      return isLoaded;
    }
    return false;
  }

  /** Wipes the secrets: the token is discarded. */
  wipe(): void {
    for (const secret of secretsOf(this.#program.state)) secret.wipe();
    this.kept?.wipe();
  }

  /** For a personality: whether a write into its memory, named for people, takes. */
  writeKept(what: string): WriteOutcome {
    return this.#program.writeKept(what);
  }

  /** For `harm.ts`: changes the body; `look` lets the program notice. */
  change(changed: Partial<Physical>): void {
    this.#body.change(changed);
  }

  /** For `harm.ts`: draws from the same random stream as everything else about this token. */
  draw(): number {
    return this.#body.draw();
  }

  /** For `harm.ts`: interrupts the contact of the cell for `forMs`. */
  loseContact(forMs: number): void {
    // Of overlapping interruptions, the longest counts.
    const contactReturnsAt = instant(Math.max(this.physical.contactReturnsAt, this.now + forMs));
    this.change({ isContactLost: true, contactReturnsAt });
    this.look();
    this.#program.ahead.schedule(instant(this.now + forMs), 'contact-returns');
  }

  tell(kind: DeviceEventKind, detail: string): void {
    this.onEvent({ at: this.now, device_time: this.deviceTime, kind, detail });
  }

  /** Gives the program an event and carries out its effects. */
  happen(event: TokenEvent): readonly TokenEffect[] {
    return this.#program.happen(event);
  }

  /** Checks heat, supply and date. Called whenever one of them may have changed. */
  look(): void {
    const wasPowered = this.isPowered;
    this.#supply.look();
    if (!wasPowered && this.isPowered && this.physical.isUsbPlugged) this.onPowerUp();
  }
}
