// A lithium coin cell: its voltage under a load, at a charge and a temperature.
// docs/explanation/physics.md, "The cell".
import { acceleration } from './arrhenius.ts';
import { type Curve, valueAt } from './curve.ts';
import { HOURS_A_YEAR } from './source.ts';

/** One cell as it was made; the spread of its lot is included. */
export interface Cell {
  readonly capacityMah: number;
  /** Volts without a load, by depth of discharge (0 full, 1 empty). */
  readonly openCircuitVolts: Curve;
  /** Ohms at 20 °C, by depth of discharge. */
  readonly resistanceOhms: Curve;
  readonly selfDischargePctPerYear: number;
}

export type CellKind = 'CR2016' | 'CR2025' | 'CR2032' | 'BR2032';

/** Rated capacities: CR2016 and CR2025 source C, the others B. */
const CAPACITY_MAH: Readonly<Record<CellKind, number>> = { CR2016: 90, CR2025: 160, CR2032: 225, BR2032: 190 };
/**
 * Fresh 3.2 V, flat at 2.9 V, falling sharply after 170 of 225 mAh: B. The points between:
 * assumption.
 */
const LITHIUM_MNO2_V: Curve = [
  [0, 3.2],
  [0.03, 3.0],
  [0.1, 2.92],
  [0.755, 2.86],
  [0.88, 2.7],
  [0.96, 2.4],
  [1, 2.0],
];
/** Nominal 2.8 V: B. Its shape: assumption. */
const LITHIUM_CFX_V: Curve = LITHIUM_MNO2_V.map(([depth, volts]) => [depth, volts - 0.1]);
/** 18 to 20 ohm up to 150 mAh, 30 at 170, then steep: B. Its end: assumption. */
const RESISTANCE_OHM: Curve = [
  [0, 18],
  [0.667, 20],
  [0.755, 30],
  [1, 200],
];
/** In storage and in use: B. Data sheets say less than 1. */
const SELF_DISCHARGE_PCT_PER_YEAR = 1.5;
/** Activation energy: self-discharge doubles about every 10 °C. Assumption. */
const SELF_DISCHARGE_EV = 0.55;
const SELF_DISCHARGE_AT_C = 25;
/** The electrolyte stiffens: per so many degrees below 20 °C the resistance doubles. Assumption. */
const RESISTANCE_DOUBLES_C = 15;
const RESISTANCE_AT_C = 20;
/** Below it the electrolyte is solid and gives no current; it thaws unharmed. Assumption. */
const FROZEN_BELOW_C = -45;

/** @param factor of the rated capacity, for maker and lot: 0.5 to 1.05 between makers (A) */
export function cellOf(
  kind: CellKind,
  factor = 1,
  selfDischargePctPerYear: number = SELF_DISCHARGE_PCT_PER_YEAR,
): Cell {
  return {
    capacityMah: CAPACITY_MAH[kind] * factor,
    openCircuitVolts: kind === 'BR2032' ? LITHIUM_CFX_V : LITHIUM_MNO2_V,
    resistanceOhms: RESISTANCE_OHM,
    selfDischargePctPerYear,
  };
}

/** Returns 0 for full to 1 for empty. */
export function depthOfDischarge(cell: Cell, usedMah: number): number {
  return Math.min(1, Math.max(0, usedMah / cell.capacityMah));
}

export function internalResistanceOhms(cell: Cell, usedMah: number, tempCelsius: number): number {
  return valueAt(cell.resistanceOhms, depthOfDischarge(cell, usedMah)) * coldFactor(tempCelsius);
}

/** Returns the voltage at the terminals under this load; 0 for an empty or a frozen cell. */
export function terminalVolts(cell: Cell, usedMah: number, tempCelsius: number, loadMicroamps: number): number {
  if (usedMah >= cell.capacityMah || tempCelsius < FROZEN_BELOW_C) return 0;
  const openVolts = valueAt(cell.openCircuitVolts, depthOfDischarge(cell, usedMah));
  return Math.max(0, openVolts - internalResistanceOhms(cell, usedMah, tempCelsius) * loadMicroamps * 1e-6);
}

/**
 * Returns the depth of discharge at which a cell of this kind gives just `volts` under a load: 0 if
 * it never does, 1 if it does so to its end. Both curves are straight between their points, so that
 * the line between two points of either is solved.
 */
export function terminalDepth(
  { openCircuitVolts, resistanceOhms }: Pick<Cell, 'openCircuitVolts' | 'resistanceOhms'>,
  tempCelsius: number,
  loadMicroamps: number,
  volts: number,
): number {
  if (tempCelsius < FROZEN_BELOW_C) return 0;
  const amps = loadMicroamps * 1e-6 * coldFactor(tempCelsius);
  let [lastDepth, lastVolts] = [0, 0];
  for (const point of pointsOf(openCircuitVolts, resistanceOhms)) {
    const spareVolts = point.volts - point.ohms * amps - volts;
    // A line that begins below has no depth above.
    if (spareVolts < 0) return lastDepth + ((point.depth - lastDepth) * lastVolts) / (lastVolts - spareVolts);
    [lastDepth, lastVolts] = [point.depth, spareVolts];
  }
  return 1;
}

/** A depth of discharge at which one of a cell's curves bends, with both values there. */
interface Point {
  readonly depth: number;
  readonly volts: number;
  readonly ohms: number;
}

/** The kinds of cells are few, and their curves never change. */
const points = new WeakMap<Curve, readonly Point[]>();

function pointsOf(openCircuitVolts: Curve, resistanceOhms: Curve): readonly Point[] {
  const known = points.get(openCircuitVolts);
  if (known !== undefined) return known;
  const depths = [...openCircuitVolts, ...resistanceOhms].map(([depth]) => depth).toSorted((a, b) => a - b);
  const made = depths.map((depth) => ({
    depth,
    volts: valueAt(openCircuitVolts, depth),
    ohms: valueAt(resistanceOhms, depth),
  }));
  points.set(openCircuitVolts, made);
  return made;
}

/** Returns how many times more resistance a cell has than at 20 °C. */
function coldFactor(tempCelsius: number): number {
  return 2 ** (Math.max(0, RESISTANCE_AT_C - tempCelsius) / RESISTANCE_DOUBLES_C);
}

/** Returns the self-discharge at 25 °C as a current. */
export function selfDischargeMicroamps(cell: Cell): number {
  return (cell.capacityMah * 1_000 * cell.selfDischargePctPerYear) / 100 / HOURS_A_YEAR;
}

/** Returns how many times faster a cell discharges by itself than at 25 °C. */
export function selfDischargeFactor(tempCelsius: number): number {
  return acceleration(SELF_DISCHARGE_EV, tempCelsius, SELF_DISCHARGE_AT_C);
}

/**
 * Returns the charge used after `hours` at a steady load, with self-discharge.
 * @param selfDischargeHours the hours at 25 °C that discharge the cell by itself as much
 */
export function usedAfterMah(
  cell: Cell,
  usedMah: number,
  loadMicroamps: number,
  hours: number,
  selfDischargeHours: number,
): number {
  const addedMah = (loadMicroamps * hours + selfDischargeMicroamps(cell) * selfDischargeHours) / 1_000;
  return Math.min(cell.capacityMah, usedMah + addedMah);
}

/** Returns the years until the cell is empty, at 25 °C. */
export function lifeYears(cell: Cell, loadMicroamps: number): number {
  const totalMicroamps = loadMicroamps + selfDischargeMicroamps(cell);
  return (cell.capacityMah * 1_000) / totalMicroamps / HOURS_A_YEAR;
}
