import { usedAfterMah } from '../physics/cell.ts';
import { heatDose } from '../physics/cell-heat.ts';
import { gainedSeconds } from '../physics/crystal.ts';
import { retentionYears } from '../physics/memory.ts';
import { HOURS_A_YEAR, SECONDS_A_YEAR } from '../physics/source.ts';
import type { DeviceProfile } from '../profile/device-profile.ts';
import type { InstantMs } from '../time/instant.ts';
import type { Physical } from './physical.ts';

/** A span of time, with the load in it and whether the clock has power. */
export interface Span {
  readonly from: InstantMs;
  readonly until: InstantMs;
  readonly loadMicroamps: number;
  readonly isPowered: boolean;
}

/** Returns the body of a token after a span at one temperature and under one load. */
export function letTimePass(physical: Physical, { usb }: DeviceProfile, span: Span): Physical {
  const spanSeconds = (span.until - span.from) / 1_000;
  const hours = spanSeconds / 3_600;
  const { cell, usedMah, tempCelsius, heatDose: dose, crystal, madeAt } = physical;
  const fromBus = physical.isUsbPlugged && usb.powers_token;
  const ageYears = (span.from - madeAt) / 1_000 / SECONDS_A_YEAR;
  const runs = Number(span.isPowered);
  return {
    ...physical,
    usedMah: usedAfterMah(cell, usedMah, fromBus ? 0 : span.loadMicroamps, tempCelsius, hours),
    heatDose: dose + heatDose(tempCelsius, hours),
    forgottenShare: physical.forgottenShare + hours / HOURS_A_YEAR / retentionYears(tempCelsius),
    clockMs: physical.clockMs + runs * (span.until - span.from),
    gainedSeconds:
      physical.gainedSeconds + runs * gainedSeconds(crystal, tempCelsius, Math.max(0, ageYears), spanSeconds),
  };
}
