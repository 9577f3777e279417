import { loadedOf, withCounter } from '../firmware/loaded.ts';
import type { TokenEffect, TokenEvent } from '../firmware/token-event.ts';
import { secretsOf, step } from '../firmware/token-machine.ts';
import type { TokenState } from '../firmware/token-state.ts';
import { wornOutProbability } from '../physics/memory.ts';
import type { EventQueue } from '../time/event-queue.ts';
import { type InstantMs, instant } from '../time/instant.ts';
import type { BodyInTime } from './body-in-time.ts';
import { counterAfterTear, tornByte } from './counter-cells.ts';
import type { DeviceEventKind } from './device-event.ts';
import type { WriteOutcome } from './kept-memory.ts';
import type { Steady } from './let-time-pass.ts';
import { awakeMah, loadMicroamps, rollingMicroamps } from './load.ts';
import { isBusPowered } from './physical.ts';
import type { Snapshot } from './snapshot.ts';

/** Callbacks by which a token's program reports events and codes. */
export interface ProgramTells {
  readonly tell: (kind: DeviceEventKind, detail: string) => void;
  readonly onCode: (code: string) => void;
}

/** Events that a token has scheduled. */
export type Ahead = 'time-is-up' | 'contact-returns' | 'held-long-enough';

/** Runs the token's program on its body: passes it events and carries out its effects. */
export class RunningProgram {
  readonly #body: BodyInTime;
  readonly #tells: ProgramTells;
  readonly #ahead: EventQueue<Ahead>;
  #state: TokenState;
  #shownAt: InstantMs;
  /** The step whose code is on a glass that is always on. */
  #shownStep = Number.NaN;

  constructor(body: BodyInTime, { ahead, state, shownAt }: ProgramSnapshot, tells: ProgramTells) {
    this.#body = body;
    this.#tells = tells;
    this.#ahead = ahead;
    this.#state = state;
    this.#shownAt = shownAt;
  }

  get state(): TokenState {
    return this.#state;
  }

  get ahead(): EventQueue<Ahead> {
    return this.#ahead;
  }

  get loadMicroamps(): number {
    const { profile, physical } = this.#body;
    const steady = loadMicroamps(this.#state.name, physical, profile);
    return this.#isRolling ? steady + rollingMicroamps(profile, this.#steps.periodSeconds) : steady;
  }

  /** What the body carries from now on. */
  get load(): Omit<Steady, 'weather'> {
    const isPowered = this.#state.name !== 'off';
    return { loadMicroamps: this.loadMicroamps, wakingMicroamps: this.wakingMicroamps, isPowered };
  }

  /** The load once a returning supply has woken the program. */
  get wakingMicroamps(): number {
    const { profile, physical } = this.#body;
    const shows = profile.display.always_on && loadedOf(this.#state) !== undefined;
    return loadMicroamps(shows ? 'showing' : 'dark', physical, profile);
  }

  /** How long the glass has shown its current text. */
  get shownSinceSeconds(): number {
    const sinceSeconds = (this.#body.now - this.#shownAt) / 1_000;
    return this.#isRolling ? Math.min(sinceSeconds, this.#intoStepSeconds) : sinceSeconds;
  }

  snapshot(): ProgramSnapshot {
    return { ahead: this.#ahead.copy(), state: this.#state, shownAt: this.#shownAt };
  }

  happen(event: TokenEvent): readonly TokenEffect[] {
    if (event.kind === 'seed-opened' && this.#tearsAt(event)) return this.#tearSeed(event);
    const before = this.#state;
    const { deviceTime: now, profile } = this.#body;
    this.#remember(event);
    const { state, effects } = step(this.#state, event, { now, profile });
    this.#state = state;
    if (event.kind === 'power-lost' && profile.storage.seed_in === 'eeprom') {
      this.#state = withCounter(state, this.#body.physical.storedCounter);
    }
    for (const effect of effects) this.#carryOut(effect, before);
    this.#tellDisplay(before);
    return effects;
  }

  /**
   * Puts the current code on a glass that is always on. The codes in between were seen by no one,
   * and their cost is in the load: neither they nor their events are made.
   */
  rollOver(): void {
    if (!this.#isRolling || this.#step === this.#shownStep) return;
    if (this.#step < 0) return void this.happen({ kind: 'time-is-up' });
    const { state } = step(
      this.#state,
      { kind: 'time-is-up' },
      { now: this.#body.deviceTime, profile: this.#body.profile },
    );
    this.#state = state;
    this.#shownStep = this.#step;
  }

  /** Its own clock was set: what the glass shows by itself follows at once. */
  clockSet(): void {
    if (this.#state.name === 'dark' && this.#body.profile.display.always_on) this.happen({ kind: 'time-is-up' });
    else this.rollOver();
  }

  /** Whether the glass changes from code to code by itself. */
  get #isRolling(): boolean {
    const { display, code } = this.#body.profile;
    if (!display.always_on || code !== 'time' || this.#state.name !== 'showing') return false;
    return this.#state.display.kind === 'code' && this.#state.loaded.pin === undefined;
  }

  get #steps(): { readonly periodSeconds: number; readonly t0Seconds: number } {
    return loadedOf(this.#state)?.provision.parameters ?? { periodSeconds: 60, t0Seconds: 0 };
  }

  /** The step that the token's own clock is in. */
  get #step(): number {
    const { periodSeconds, t0Seconds } = this.#steps;
    return Math.floor((this.#body.deviceTime / 1_000 - t0Seconds) / periodSeconds);
  }

  get #intoStepSeconds(): number {
    const { periodSeconds, t0Seconds } = this.#steps;
    return this.#body.deviceTime / 1_000 - t0Seconds - this.#step * periodSeconds;
  }

  #carryOut(effect: TokenEffect, before: TokenState): void {
    switch (effect.kind) {
      case 'set-timer':
        return this.#setTimer(effect.afterSeconds);
      case 'stop-timer':
        return this.#ahead.cancel((ahead) => ahead === 'time-is-up');
      case 'code-made':
        return this.#codeMade(effect.code, effect.counterWritten, before);
      case 'open-envelope':
        return;
    }
  }

  #setTimer(afterSeconds: number | undefined): void {
    this.#ahead.cancel((ahead) => ahead === 'time-is-up');
    if (this.#isRolling) {
      this.#shownStep = this.#step;
      return;
    }
    const { display } = this.#body.profile;
    const endsWithStep = afterSeconds === undefined && (display.always_on || display.ends === 'end-of-step');
    const seconds = endsWithStep
      ? this.#steps.periodSeconds - this.#intoStepSeconds
      : (afterSeconds ?? display.auto_off_s);
    // Measured by the token's own clock, which is fast or slow.
    const labMs = Math.max(1, Math.ceil((seconds * 1_000) / (1 + this.#body.clockErrorPpm * 1e-6)));
    this.#ahead.schedule(instant(this.#body.now + labMs), 'time-is-up');
  }

  #codeMade(code: string, counterWritten: boolean, before: TokenState): void {
    const { physical, profile } = this.#body;
    const usedMah = physical.usedMah + (isBusPowered(physical, profile) ? 0 : awakeMah(profile, counterWritten));
    this.#body.change({ usedMah: Math.min(usedMah, physical.cell.capacityMah) });
    if (counterWritten && profile.storage.seed_in === 'eeprom') {
      const counter = loadedOf(before)?.counter ?? 0;
      if (this.#writeBrownsOut) return this.#tear(counter);
      this.#write(counter + 1);
    }
    // The press itself may have used up the charge.
    if (this.#body.supplyVolts(this.loadMicroamps) >= profile.battery.brownout_V) this.#tells.onCode(code);
  }

  /** Writes the counter. Worn memory cells drop some writes, and an older count stays. */
  #write(counter: number): void {
    if (this.#wearsOut()) {
      const { counterWrites, storedCounter } = this.#body.physical;
      this.#tells.tell('worn-write', `after ${counterWrites} writes: ${storedCounter} stays in memory`);
    } else this.#body.change({ storedCounter: counter });
  }

  /** Counts a write. Returns whether a worn cell drops it. */
  #wearsOut(): boolean {
    const { physical, profile } = this.#body;
    const counterWrites = physical.counterWrites + 1;
    this.#body.change({ counterWrites });
    const wornProbability = wornOutProbability(counterWrites, profile.storage.endurance_cycles);
    // Draws only once wear is possible, so that wear cannot change the life of a young token.
    return wornProbability > 0 && this.#body.draw() < wornProbability;
  }

  /** A personality writes into its memory, with the wear and the pulse of any other write. */
  writeKept(what: string): WriteOutcome {
    // Without power nothing is written.
    if (this.#state.name === 'off') return 'worn';
    if (this.#writeBrownsOut) {
      this.#tells.tell('torn-write', what);
      this.#losePowerInWrite();
      return 'torn';
    }
    if (!this.#wearsOut()) return 'written';
    this.#tells.tell('worn-write', `${what}: what was there stays`);
    return 'worn';
  }

  /** Ends the program in the middle of a write whose pulse took the supply below the brown-out. */
  #tear(before: number): void {
    const at = tornByte(this.#body.draw());
    const storedCounter = counterAfterTear(before, before + 1, at, this.#body.profile.storage.counter_copies);
    this.#body.change({ storedCounter, counterWrites: this.#body.physical.counterWrites + 1 });
    this.#tells.tell('torn-write', `at byte ${at}: the counter is ${storedCounter}`);
    this.#losePowerInWrite();
  }

  #losePowerInWrite(): readonly TokenEffect[] {
    const effects = this.happen({ kind: 'power-lost' });
    this.#tells.tell('power-lost', 'a write took the supply below the brown-out');
    return effects;
  }

  /** Whether the pulse of a write takes the supply below the brown-out. */
  get #writeBrownsOut(): boolean {
    const { load, battery } = this.#body.profile;
    return this.#body.supplyVolts(load.write_uA) < battery.brownout_V;
  }

  #tearsAt({ provision }: Extract<TokenEvent, { kind: 'seed-opened' }>): boolean {
    const isAwaited = this.#state.name === 'opening' && this.#state.provision === provision;
    return isAwaited && this.#body.profile.storage.seed_in === 'eeprom' && this.#writeBrownsOut;
  }

  /** Ends the program in the middle of writing a seed: what is in memory is no seed. */
  #tearSeed({ seed, provision }: Extract<TokenEvent, { kind: 'seed-opened' }>): readonly TokenEffect[] {
    seed.wipe();
    this.#tells.tell('torn-write', 'of a seed: the token is blank');
    this.happen({ kind: 'seed-refused', provision });
    return this.#losePowerInWrite();
  }

  /** Applies memory retention: a seed kept too long or too hot is lost when the power returns. */
  #remember({ kind }: TokenEvent): void {
    if (kind === 'seed-opened') this.#body.change({ storedCounter: 0, forgottenShare: 0 });
    const { physical, profile } = this.#body;
    if (kind !== 'power-returned' || physical.forgottenShare < 1 || profile.storage.seed_in !== 'eeprom') return;
    if (loadedOf(this.#state) === undefined) return;
    for (const secret of secretsOf(this.#state)) secret.wipe();
    this.#state = { name: 'off', kept: { name: 'blank' } };
    this.#tells.tell('forgotten', 'what lay in memory could not be read any more');
  }

  #tellDisplay(before: TokenState): void {
    const [was, is] = [textOf(before), textOf(this.#state)];
    if (this.#state.name === 'locked' && before.name !== 'locked') this.#tells.tell('locked', 'no PIN tries are left');
    if (was === is && before.name === this.#state.name) return;
    if (is === undefined && was !== undefined) this.#tells.tell('dark', this.#state.name);
    if (is === undefined || is === was) return;
    this.#shownAt = this.#body.now;
    this.#tells.tell('shown', is);
  }
}

function textOf(state: TokenState): string | undefined {
  return 'display' in state ? state.display.text : undefined;
}

export type ProgramSnapshot = Pick<Snapshot, 'ahead' | 'state' | 'shownAt'>;
