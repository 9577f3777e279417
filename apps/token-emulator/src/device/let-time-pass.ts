import type { Instant_ms } from '../kernel/instant.ts';
import { usedAfter_mAh } from '../physics/cell.ts';
import { heatDose } from '../physics/cell-heat.ts';
import { gained_s } from '../physics/crystal.ts';
import { retention_years } from '../physics/memory.ts';
import { HOURS_A_YEAR, SECONDS_A_YEAR } from '../physics/source.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';
import type { Physical } from './physical.ts';

/** How a span passes: what is drawn, and whether the clock has power. */
export interface Span {
  readonly from: Instant_ms;
  readonly until: Instant_ms;
  readonly load_uA: number;
  readonly is_powered: boolean;
}

/** The token after a span at one temperature and under one load. */
export function letTimePass(physical: Physical, { usb }: DeviceProfile, span: Span): Physical {
  const span_s = (span.until - span.from) / 1_000;
  const hours = span_s / 3_600;
  const { cell, used_mAh, temp_C, heat_dose, crystal, made_at } = physical;
  const from_bus = physical.is_usb_plugged && usb.powers_token;
  const age_years = (span.from - made_at) / 1_000 / SECONDS_A_YEAR;
  const runs = Number(span.is_powered);
  return {
    ...physical,
    used_mAh: usedAfter_mAh(cell, used_mAh, from_bus ? 0 : span.load_uA, temp_C, hours),
    heat_dose: heat_dose + heatDose(temp_C, hours),
    forgotten_share: physical.forgotten_share + hours / HOURS_A_YEAR / retention_years(temp_C),
    clock_ms: physical.clock_ms + runs * (span.until - span.from),
    gained_s: physical.gained_s + runs * gained_s(crystal, temp_C, Math.max(0, age_years), span_s),
  };
}
