import type { Climate } from '../physics/climate.ts';
import { errorPpm } from '../physics/crystal.ts';
import { type Weather, weatherOf } from '../physics/weather.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';
import type { DeviceTimeMs, InstantMs } from '../time/instant.ts';
import { RandomStream } from '../time/random-stream.ts';
import { ageYears, lastDayMs, letTimePass, type Steady } from './let-time-pass.ts';
import { nextTurn } from './next-turn.ts';
import { clockOf, type Physical, supplyVolts } from './physical.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * The physical token in the laboratory's time and weather. Its program is not part of it. It keeps
 * the body as it was at its last change and derives the present from there: looking at it more
 * often, or cutting a span differently, changes nothing at all.
 */
export class BodyInTime {
  readonly profile: DeviceProfile;
  readonly #seed: string;
  readonly #random: RandomStream;
  #changed: Physical;
  #changedAt: InstantMs;
  #now: InstantMs;
  #steady: Steady;
  /** The body at `#now`, once it was asked for. */
  #present: Physical | undefined;

  constructor({ profile, seed, drawn, changed, changedAt, now, steady }: BodySnapshot) {
    this.profile = profile;
    this.#seed = seed;
    this.#random = new RandomStream(seed, 'device', drawn);
    this.#changed = changed;
    this.#changedAt = changedAt;
    this.#now = now;
    this.#steady = steady;
  }

  get now(): InstantMs {
    return this.#now;
  }

  get physical(): Physical {
    this.#present ??= letTimePass(this.#changed, this.profile, this.#steady, this.#changedAt, this.#now);
    return this.#present;
  }

  /** Where the token is: a temperature in °C, or a climate. */
  get place(): Climate | number {
    return this.#steady.weather.place;
  }

  get deviceTime(): DeviceTimeMs {
    return clockOf(this.physical);
  }

  /** The current error of the token's clock; positive is fast. */
  get clockErrorPpm(): number {
    return errorPpm(this.physical.crystal, this.physical.tempCelsius, ageYears(this.physical, this.#now));
  }

  /** Whether the token has reached the age at which its program ends. */
  get hasOutlived(): boolean {
    return this.#now >= lastDayMs(this.#changed, this.profile);
  }

  /** When the body changes its program next by itself, if it does so by `until`. */
  nextTurn(until: InstantMs): InstantMs | undefined {
    const life = { ...this.#steady, physical: this.#changed, profile: this.profile, from: this.#changedAt };
    return nextTurn(life, this.#now, until);
  }

  snapshot(): BodySnapshot {
    return {
      profile: this.profile,
      seed: this.#seed,
      drawn: this.#random.drawn,
      changed: this.#changed,
      changedAt: this.#changedAt,
      now: this.#now,
      steady: this.#steady,
    };
  }

  supplyVolts(loadMicroamps: number): number {
    return supplyVolts(this.physical, this.profile, loadMicroamps);
  }

  change(changed: Partial<Physical>): void {
    this.#changed = { ...this.physical, ...changed };
    this.#changedAt = this.#now;
    this.#present = this.#changed;
  }

  draw(): number {
    return this.#random.draw();
  }

  putInto(where: Climate | number): void {
    const weather: Weather = weatherOf(where, this.profile.body.storage_C.max);
    this.change({ tempCelsius: weather.celsiusAt(this.#now) });
    this.#steady = { ...this.#steady, weather };
  }

  /** Lives on under this load, which may begin now. */
  carry(load: Omit<Steady, 'weather'>): void {
    const { loadMicroamps, wakingMicroamps, isPowered } = this.#steady;
    const isSame = load.loadMicroamps === loadMicroamps && load.wakingMicroamps === wakingMicroamps;
    if (isSame && load.isPowered === isPowered) return;
    this.change({});
    this.#steady = { weather: this.#steady.weather, ...load };
  }

  pass(until: InstantMs): void {
    this.#now = until;
    this.#present = undefined;
  }
}

export type BodySnapshot = Pick<Snapshot, 'profile' | 'seed' | 'drawn' | 'changed' | 'changedAt' | 'now' | 'steady'>;
