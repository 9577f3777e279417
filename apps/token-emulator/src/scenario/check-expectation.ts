import type { EventLog } from '../lab/event-log.ts';
import type { BenchToken } from './bench.ts';
import type { Bounds, Expectation } from './scenario.ts';

/** Returns a sentence for each expectation that is not met. */
export function whatIsWrong(token: BenchToken, events: EventLog, expected: Expectation): string[] {
  const { device } = token;
  const { glass, physical } = device;
  const wrong: string[] = [];
  const same = <T extends string | number | boolean>(what: string, found: T | undefined, wanted: T | undefined) => {
    if (wanted !== undefined && found !== wanted) wrong.push(`${what} is ${String(found)}, not ${String(wanted)}`);
  };
  const within = (what: string, found: number, wanted: number | Bounds | undefined) => {
    const complaint = outside(found, wanted);
    if (complaint !== undefined) wrong.push(`${what} is ${complaint}`);
  };
  same('the state', device.stateName, expected.state);
  same('power', device.isPowered, expected.powered);
  same('a person reading it right', glass.readAs.trim() === glass.text.trim(), expected.readable);
  same('the low-battery sign', glass.lowBattery, expected.low_battery);
  same('an opened case', physical.isOpened, expected.opened);
  same('PIN tries left', device.pinTriesLeft, expected.pin_tries_left);
  same("the clock's year", new Date(device.deviceTime).getUTCFullYear(), expected.clock_year);
  if (expected.shows !== undefined && !shows(device.display, glass.kind, expected.shows)) {
    wrong.push(`the glass shows ${device.display ?? 'nothing'}, not ${expected.shows}`);
  }
  within('the counter', device.counter, expected.counter);
  within('its clock, s ahead,', (device.deviceTime - device.now) / 1_000, expected.ahead_s);
  within('the supply, V,', device.supplyVolts, expected.supply_V);
  within('the used share', physical.usedMah / physical.cell.capacityMah, expected.used_share);
  within('the rate, ppm,', device.clockErrorPpm, expected.error_ppm);
  within('the temperature, °C,', physical.tempCelsius, expected.temp_C);
  within('the load, µA,', device.loadMicroamps, expected.load_uA);
  within('the used charge, mAh,', physical.usedMah, expected.used_mAh);
  within('the probability of a misreading', glass.misreadProbability, expected.misread_p);
  within('presses', physical.presses, expected.presses);
  within('writes of the counter', physical.counterWrites, expected.counter_writes);
  for (const [kind, wanted] of Object.entries(expected.wire ?? {})) {
    within(`transfers ${kind}`, token.transfers.get(kind) ?? 0, wanted);
  }
  for (const [kind, wanted] of Object.entries(expected.events ?? {})) {
    within(`events ${kind}`, events.countOf(token.name, kind), wanted);
  }
  return wrong;
}

/** Returns undefined if the value is within the bounds. */
export function outside(found: number, wanted: number | Bounds | undefined): string | undefined {
  if (wanted === undefined) return undefined;
  if (typeof wanted === 'number') return found === wanted ? undefined : `${found}, not ${wanted}`;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = wanted;
  if (found >= min && found <= max) return undefined;
  const wantedText =
    max === Number.POSITIVE_INFINITY
      ? `at least ${min}`
      : min === Number.NEGATIVE_INFINITY
        ? `at most ${max}`
        : `${min} to ${max}`;
  return `${found.toFixed(3)}, not ${wantedText}`;
}

function shows(display: string | undefined, kind: string, wanted: string): boolean {
  if (wanted === 'dark') return display === undefined;
  return wanted === 'code' ? kind === 'code' : display === wanted;
}
