import type { DeviceTime_ms, Instant_ms } from '../kernel/instant.ts';
import { RandomStream } from '../kernel/random-stream.ts';
import { type Climate, temperature_C } from '../physics/climate.ts';
import { error_ppm } from '../physics/crystal.ts';
import { SECONDS_A_YEAR } from '../physics/source.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';
import { letTimePass } from './let-time-pass.ts';
import { clockOf, type Physical, supply_V } from './physical.ts';
import type { Snapshot } from './snapshot.ts';

/** Weather is looked at so often, and so is a cell that nobody uses. */
const LOOK_MS = 3_600_000;
const LOOK_INDOORS_MS = 24 * LOOK_MS;

/** The thing that a token is, moving through the laboratory's time and weather. What its program does is not in here. */
export class BodyInTime {
  readonly profile: DeviceProfile;
  readonly #seed: number;
  readonly #random: RandomStream;
  #physical: Physical;
  #now: Instant_ms;
  #climate: Climate | undefined;

  constructor({ profile, seed, drawn, physical, now, climate }: BodySnapshot) {
    this.profile = profile;
    this.#seed = seed;
    this.#random = new RandomStream(seed, 'device', drawn);
    this.#physical = physical;
    this.#now = now;
    this.#climate = climate;
  }

  get now(): Instant_ms {
    return this.#now;
  }

  get physical(): Physical {
    return this.#physical;
  }

  get device_time(): DeviceTime_ms {
    return clockOf(this.#physical);
  }

  /** How fast its clock is just now. */
  get clock_error_ppm(): number {
    return error_ppm(this.#physical.crystal, this.#physical.temp_C, this.#age_years);
  }

  /** Whether the date has come at which the program ends. */
  get has_outlived(): boolean {
    const { shut_off_years } = this.profile.life;
    return shut_off_years > 0 && this.#age_years >= shut_off_years;
  }

  /** When the weather and the supply are looked at again. */
  get next_look(): number {
    const every_ms = this.#climate === undefined ? LOOK_INDOORS_MS : LOOK_MS;
    return (Math.floor(this.#now / every_ms) + 1) * every_ms;
  }

  snapshot(): BodySnapshot {
    const { profile } = this;
    const drawn = this.#random.drawn;
    return { profile, seed: this.#seed, drawn, physical: this.#physical, now: this.#now, climate: this.#climate };
  }

  supply_V(load_uA: number): number {
    return supply_V(this.#physical, this.profile, load_uA);
  }

  change(changed: Partial<Physical>): void {
    this.#physical = { ...this.#physical, ...changed };
  }

  draw(): number {
    return this.#random.draw();
  }

  putInto(where: Climate | number): void {
    this.#climate = typeof where === 'number' ? undefined : where;
    if (typeof where === 'number') this.change({ temp_C: where });
  }

  pass(until: Instant_ms, load_uA: number, is_powered: boolean): void {
    this.#physical = letTimePass(this.#physical, this.profile, { from: this.#now, until, load_uA, is_powered });
    this.#now = until;
  }

  feelWeather(): void {
    if (this.#climate !== undefined) {
      // An hour has one temperature, so that a life does not hang on how often somebody looks.
      this.change({ temp_C: temperature_C(this.#climate, Math.floor(this.#now / LOOK_MS)) });
    }
  }

  get #age_years(): number {
    return Math.max(0, this.#now - this.#physical.made_at) / 1_000 / SECONDS_A_YEAR;
  }
}

export type BodySnapshot = Pick<Snapshot, 'profile' | 'seed' | 'drawn' | 'physical' | 'now' | 'climate'>;
