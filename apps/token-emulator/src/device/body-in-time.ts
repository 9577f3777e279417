import { type Climate, temperatureCelsius } from '../physics/climate.ts';
import { errorPpm } from '../physics/crystal.ts';
import { SECONDS_A_YEAR } from '../physics/source.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';
import type { DeviceTimeMs, InstantMs } from '../time/instant.ts';
import { RandomStream } from '../time/random-stream.ts';
import { letTimePass } from './let-time-pass.ts';
import { clockOf, type Physical, supplyVolts } from './physical.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * How often weather and cell are checked while the token is idle: hourly in a climate, else daily.
 */
const LOOK_MS = 3_600_000;
const LOOK_INDOORS_MS = 24 * LOOK_MS;

/** The physical token in the laboratory's time and weather. Its program is not part of it. */
export class BodyInTime {
  readonly profile: DeviceProfile;
  readonly #seed: number;
  readonly #random: RandomStream;
  #physical: Physical;
  #now: InstantMs;
  #climate: Climate | undefined;

  constructor({ profile, seed, drawn, physical, now, climate }: BodySnapshot) {
    this.profile = profile;
    this.#seed = seed;
    this.#random = new RandomStream(seed, 'device', drawn);
    this.#physical = physical;
    this.#now = now;
    this.#climate = climate;
  }

  get now(): InstantMs {
    return this.#now;
  }

  get physical(): Physical {
    return this.#physical;
  }

  get deviceTime(): DeviceTimeMs {
    return clockOf(this.#physical);
  }

  /** The current error of the token's clock; positive is fast. */
  get clockErrorPpm(): number {
    return errorPpm(this.#physical.crystal, this.#physical.tempCelsius, this.#ageYears);
  }

  /** Whether the token has reached the age at which its program ends. */
  get hasOutlived(): boolean {
    const { shut_off_years: shutOffYears } = this.profile.life;
    return shutOffYears > 0 && this.#ageYears >= shutOffYears;
  }

  /** When the weather and the supply are checked next. */
  get nextLook(): number {
    const everyMs = this.#climate === undefined ? LOOK_INDOORS_MS : LOOK_MS;
    return (Math.floor(this.#now / everyMs) + 1) * everyMs;
  }

  snapshot(): BodySnapshot {
    const { profile } = this;
    const drawn = this.#random.drawn;
    return { profile, seed: this.#seed, drawn, physical: this.#physical, now: this.#now, climate: this.#climate };
  }

  supplyVolts(loadMicroamps: number): number {
    return supplyVolts(this.#physical, this.profile, loadMicroamps);
  }

  change(changed: Partial<Physical>): void {
    this.#physical = { ...this.#physical, ...changed };
  }

  draw(): number {
    return this.#random.draw();
  }

  putInto(where: Climate | number): void {
    this.#climate = typeof where === 'number' ? undefined : where;
    if (typeof where === 'number') this.change({ tempCelsius: where });
  }

  pass(until: InstantMs, loadMicroamps: number, isPowered: boolean): void {
    this.#physical = letTimePass(this.#physical, this.profile, { from: this.#now, until, loadMicroamps, isPowered });
    this.#now = until;
  }

  feelWeather(): void {
    if (this.#climate !== undefined) {
      // Each hour has one temperature, so that a life does not depend on how often it is checked.
      this.change({ tempCelsius: temperatureCelsius(this.#climate, Math.floor(this.#now / LOOK_MS)) });
    }
  }

  get #ageYears(): number {
    return Math.max(0, this.#now - this.#physical.madeAt) / 1_000 / SECONDS_A_YEAR;
  }
}

export type BodySnapshot = Pick<Snapshot, 'profile' | 'seed' | 'drawn' | 'physical' | 'now' | 'climate'>;
