import type { Device } from '../device/device.ts';

/** How a token was at a moment. */
export interface Sample {
  readonly at_ms: number;
  /** The token's clock, ahead of the laboratory's. */
  readonly ahead_s: number;
  readonly supply_V: number;
  readonly used_share: number;
  readonly temp_C: number;
}

/** Enough for a plot; with more, every second one is dropped and the next ones come half as often. */
const SAMPLES_MAX = 600;
const FIRST_INTERVAL_MS = 1_000;

/** A token's past in few points, over whatever span it has lived. */
export class History {
  #samples: Sample[] = [];
  #interval_ms = FIRST_INTERVAL_MS;

  get samples(): readonly Sample[] {
    return this.#samples;
  }

  look(device: Device): void {
    const last = this.#samples.at(-1);
    if (last !== undefined && device.now - last.at_ms < this.#interval_ms) return;
    this.#samples.push(sampleOf(device));
    if (this.#samples.length < SAMPLES_MAX) return;
    this.#samples = this.#samples.filter((_, i) => i % 2 === 0);
    this.#interval_ms *= 2;
  }
}

function sampleOf({ now, device_time, supply_V, physical }: Device): Sample {
  const { used_mAh, cell, temp_C } = physical;
  const used_share = used_mAh / cell.capacity_mAh;
  return { at_ms: now, ahead_s: (device_time - now) / 1_000, supply_V, used_share, temp_C };
}
