import type { Device } from '../device/device.ts';

/** The condition of a token at one moment. */
export interface Sample {
  readonly at_ms: number;
  /** How far the token's clock is ahead of the laboratory's. */
  readonly ahead_s: number;
  readonly supply_V: number;
  /** Without power its clock stands, or is at its beginning. */
  readonly is_powered: boolean;
  readonly used_share: number;
  readonly temp_C: number;
}

/** Enough for a plot. At this number, every second sample is dropped and the interval doubles. */
const SAMPLES_MAX = 600;
const FIRST_INTERVAL_MS = 1_000;

/** The past of a token as a limited number of samples, over any span. */
export class History {
  #samples: Sample[] = [];
  #intervalMs = FIRST_INTERVAL_MS;

  get samples(): readonly Sample[] {
    return this.#samples;
  }

  look(device: Device): void {
    const last = this.#samples.at(-1);
    if (last !== undefined && device.now - last.at_ms < this.#intervalMs) return;
    this.#samples.push(sampleOf(device));
    if (this.#samples.length < SAMPLES_MAX) return;
    this.#samples = this.#samples.filter((_, i) => i % 2 === 0);
    this.#intervalMs *= 2;
  }
}

function sampleOf({ now, deviceTime, supplyVolts, isPowered, physical }: Device): Sample {
  const { usedMah, cell, tempCelsius } = physical;
  const usedShare = usedMah / cell.capacityMah;
  return {
    at_ms: now,
    ahead_s: (deviceTime - now) / 1_000,
    supply_V: supplyVolts,
    is_powered: isPowered,
    used_share: usedShare,
    temp_C: tempCelsius,
  };
}
