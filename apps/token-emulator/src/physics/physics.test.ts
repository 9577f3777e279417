// Reproduces published tables within the error of their printed digits. Sources are in
// docs/explanation/physics.md.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fall } from './body.ts';
import { emptyAfterDays, pressesSeen, stuckMicroamps } from './button.ts';
import {
  cellOf,
  internalResistanceOhms,
  lifeYears,
  selfDischargeFactor,
  selfDischargeMicroamps,
  terminalVolts,
  usedAfterMah,
} from './cell.ts';
import { failedShare, heatDose, onePercentFailedYears } from './cell-heat.ts';
import { CLIMATES, temperatureCelsius } from './climate.ts';
import { errorPpm, gainedSeconds, TYPICAL_CRYSTAL } from './crystal.ts';
import { digitOf, fadedDarkness, litDarkness } from './glass.ts';
import { retentionYears, torn, wornOutProbability } from './memory.ts';
import { misreadProbability, readAs } from './reading.ts';
import { HOURS_A_YEAR, SECONDS_A_YEAR } from './source.ts';
import { weatherOf } from './weather.ts';

const YEAR_S = SECONDS_A_YEAR;
const DAY_S = 86_400;
const RANGES = { operating_C: { min: 0, max: 50 }, storage_C: { min: -20, max: 70 } };
/** A span at one temperature. */
const span = (tempCelsius: number, seconds: number) => weatherOf(tempCelsius, 70).exposure(0, seconds * 1_000);

describe('the crystal', () => {
  it.each([
    [-10, -42],
    [5, -14],
    [15, -3],
    [25, 0],
    [35, -3],
    [45, -14],
    [60, -42],
  ])('Eutronsec AAJ, manual p. 25: at %i °C %i ppm', (tempCelsius, ppm) => {
    expect(Math.abs(errorPpm(TYPICAL_CRYSTAL, tempCelsius, 0) - ppm)).toBeLessThanOrEqual(0.7);
  });

  it.each([
    [-20, -68.9, -5.95, -2173],
    [0, -21.3, -1.84, -671],
    [10, -7.7, -0.66, -241],
    [20, -0.9, -0.07, -27],
    [40, -7.7, -0.66, -241],
    [70, -68.9, -5.95, -2173],
  ])('a steady %i °C: %d ppm, %d s a day, %i s a year', (tempCelsius, ppm, daySeconds, yearSeconds) => {
    expect(errorPpm(TYPICAL_CRYSTAL, tempCelsius, 0)).toBeCloseTo(ppm, 0);
    expect(gainedSeconds(TYPICAL_CRYSTAL, span(tempCelsius, DAY_S), 0)).toBeCloseTo(daySeconds, 1);
    expect(Math.abs(gainedSeconds(TYPICAL_CRYSTAL, span(tempCelsius, YEAR_S), 0) - yearSeconds)).toBeLessThan(1.5);
  });

  it('gains the 2 minutes a year of calibrated tokens at 3.8 ppm', () => {
    const fast = { ...TYPICAL_CRYSTAL, initialPpm: 3.8 };
    expect(gainedSeconds(fast, span(25, YEAR_S), 0)).toBeCloseTo(120, 0);
  });

  it('loses 1.7 ppm in a swing of ±10 °C around 25 °C, although the mean is 25 °C', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => 25 + 10 * Math.cos((2 * Math.PI * hour) / 24));
    const mean = hours.reduce((sum, tempCelsius) => sum + errorPpm(TYPICAL_CRYSTAL, tempCelsius, 0), 0) / 24;
    expect(mean).toBeCloseTo(-1.7, 1);
  });

  it('ages by its data sheet in the first year, and by less in each later year', () => {
    const ageing = { ...TYPICAL_CRYSTAL, ageingPpmFirstYear: 3 };
    const ppm = [0, 1, 2, 3].map((years) => errorPpm(ageing, 25, years));
    expect(ppm[1]).toBeCloseTo(3, 9);
    expect((ppm[2] ?? 0) - (ppm[1] ?? 0)).toBeLessThan(1);
    expect((ppm[3] ?? 0) - (ppm[2] ?? 0)).toBeLessThan((ppm[2] ?? 0) - (ppm[1] ?? 0));
  });

  it('has the same phase however a span is divided', () => {
    const crystal = { ...TYPICAL_CRYSTAL, initialPpm: 7, ageingPpmFirstYear: -2.5 };
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 5, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (age, cut) => {
          const spanSeconds = 40 * DAY_S;
          const firstSeconds = spanSeconds * cut;
          const parts =
            gainedSeconds(crystal, span(31, firstSeconds), age) +
            gainedSeconds(crystal, span(31, spanSeconds - firstSeconds), age + firstSeconds / YEAR_S);
          expect(Math.abs(parts - gainedSeconds(crystal, span(31, spanSeconds), age))).toBeLessThan(1e-6);
        },
      ),
    );
  });
});

describe('the cell', () => {
  it.each([
    ['CR2016', [5.1, 3.4, 2.6, 2.05, 1.47, 1.03], 0.15],
    ['CR2025', [9.1, 6.1, 4.6, 3.65, 2.6, 1.83], 0.27],
    ['CR2032', [12.8, 8.6, 6.4, 5.1, 3.7, 2.6], 0.39],
  ] as const)(
    '%s: matches the currents that empty it in 2, 3, 4, 5, 7 and 10 years, and its self-discharge',
    (kind, currentsMicroamps, ownMicroamps) => {
      const withoutOwn = cellOf(kind, 1, 0);
      [2, 3, 4, 5, 7, 10].forEach((years, i) => {
        const printedMicroamps = currentsMicroamps[i] ?? 0;
        const exactMicroamps = (printedMicroamps * lifeYears(withoutOwn, printedMicroamps)) / years;
        expect(Math.abs(exactMicroamps - printedMicroamps)).toBeLessThan(0.07);
      });
      expect(selfDischargeMicroamps(cellOf(kind))).toBeCloseTo(ownMicroamps, 2);
    },
  );

  it.each([
    ['CR2016', 1.67, 5.6],
    ['CR2016', 3, 3.3],
    ['CR2025', 3, 5.6],
    ['CR2032', 3, 7.6],
    ['CR2032', 5, 4.8],
  ] as const)('%s at %d µA lives %d years', (kind, loadMicroamps, years) => {
    expect(lifeYears(cellOf(kind), loadMicroamps)).toBeCloseTo(years, 1);
  });

  it('has 18 to 20 ohm up to 150 mAh and 30 at 170, and a flat 2.9 V until then', () => {
    const cell = cellOf('CR2032');
    for (const [usedMah, ohm] of [
      [1, 18],
      [150, 20],
      [170, 30],
    ] as const) {
      expect(Math.abs(internalResistanceOhms(cell, usedMah, 20) - ohm)).toBeLessThan(0.6);
    }
    expect(Math.abs(terminalVolts(cell, 100, 20, 190) - 2.9)).toBeLessThan(0.05);
    expect(terminalVolts(cell, 224, 20, 190)).toBeLessThan(2.1);
  });

  it('fails under a pulse in the cold when nearly empty, and recovers in warmth with the same charge', () => {
    const cell = cellOf('CR2032');
    const [usedMah, pulseMicroamps] = [205, 2_000];
    expect(terminalVolts(cell, usedMah, -15, pulseMicroamps)).toBeLessThan(2.1);
    expect(terminalVolts(cell, usedMah, 20, pulseMicroamps)).toBeGreaterThan(2.3);
  });

  it('uses the same charge in one span as in many', () => {
    const cell = cellOf('CR2025');
    let usedMah = 0;
    const factor = selfDischargeFactor(30);
    for (let hour = 0; hour < 1_000; hour++) usedMah = usedAfterMah(cell, usedMah, 3, 1, factor);
    expect(usedMah).toBeCloseTo(usedAfterMah(cell, 0, 3, 1_000, 1_000 * factor), 9);
    expect(usedAfterMah(cell, 0, 3, 1e9, 1e9)).toBe(160);
  });

  it.each([
    [85, 1.3],
    [70, 5.3],
    [60, 14.5],
    [40, 134],
  ])('heat alone, at %i °C: 1 % of cells have failed after %d years', (tempCelsius, years) => {
    expect(Math.abs(onePercentFailedYears(tempCelsius) - years)).toBeLessThan(years > 100 ? 0.6 : 0.06);
    expect(failedShare(heatDose(tempCelsius, onePercentFailedYears(tempCelsius) * HOURS_A_YEAR))).toBeCloseTo(0.01, 6);
  });
});

describe('the button', () => {
  it.each([
    [100_000, 30, 313],
    [10_000, 300, 31],
  ])('stuck, through %i ohm: %i µA, a CR2032 is empty in %i days', (pullupOhms, loadMicroamps, days) => {
    expect(stuckMicroamps(3, pullupOhms)).toBeCloseTo(loadMicroamps, 6);
    expect(Math.abs(emptyAfterDays(225, loadMicroamps) - days)).toBeLessThan(0.6);
  });

  it.each([
    [225, 500, 19],
    [225, 1_000, 9],
    [90, 500, 8],
    [90, 1_000, 4],
  ])('stuck, with the processor awake (US7921311B2): %i mAh at %i µA, %i days', (capacityMah, loadMicroamps, days) => {
    expect(Math.abs(emptyAfterDays(capacityMah, loadMicroamps) - days)).toBeLessThan(0.6);
  });

  it('counts one press as one, for any bounce within the debounce time', () => {
    const bounce = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 12 });
    fc.assert(
      fc.property(bounce, bounce, (down, up) => {
        let atMs = 0;
        const edges = [{ atMs, closed: true }];
        for (const pause of down.length % 2 === 0 ? down : down.slice(1)) {
          atMs += pause;
          edges.push({ atMs, closed: edges.length % 2 === 0 });
        }
        atMs += 200;
        for (const pause of [0, ...(up.length % 2 === 0 ? up : up.slice(1))]) {
          atMs += pause;
          edges.push({ atMs, closed: edges.length % 2 === 0 });
        }
        expect(pressesSeen(edges, 20)).toHaveLength(1);
      }),
    );
  });
});

describe('the glass', () => {
  const cold = { supplyVolts: 3, tempCelsius: -30, ranges: RANGES };
  it('is 55 % dark 8 s after switching on at −30 °C, and clear about 3.5 s after switching off', () => {
    expect(litDarkness({ ...cold, sinceSeconds: 8 })).toBeCloseTo(0.55, 6);
    expect(fadedDarkness({ ...cold, sinceSeconds: 3.5 })).toBeCloseTo(0.05, 2);
  });

  it('is readable at room temperature, but not on a weak cell or in great heat', () => {
    const drive = { supplyVolts: 3, tempCelsius: 25, sinceSeconds: 1, ranges: RANGES };
    const show = (text: string, changed = {}) => [...text].map((one) => digitOf(one, { ...drive, ...changed }, []));
    expect(readAs(show('0123456789'), 0)).toBe('0123456789');
    expect(readAs(show('42', { supplyVolts: 2.15 }), 0).trim()).toBe('');
    expect(readAs(show('42', { tempCelsius: 80 }), 1).trim()).toBe('');
  });

  it('lets an 8 without one segment be read as a 6, unnoticed', () => {
    const drive = { supplyVolts: 3, tempCelsius: 25, sinceSeconds: 1, ranges: RANGES };
    expect(readAs([digitOf('8', drive, ['b'])], 0)).toBe('6');
    expect(misreadProbability(digitOf('8', drive, ['b']), '8', 0)).toBe(1);
    expect(misreadProbability(digitOf('8', drive, []), '8', 0)).toBe(0);
    expect(misreadProbability(digitOf('7', { ...drive, supplyVolts: 2.2 }, []), '7', 0)).toBeGreaterThan(0);
  });
});

describe('memory and body', () => {
  it('has new bytes, an erased one and old ones after a torn write', () => {
    const [before, after] = [Uint8Array.of(1, 2, 3, 4), Uint8Array.of(5, 6, 7, 8)];
    expect([...torn(before, after, 2)]).toEqual([5, 6, 0xff, 4]);
    expect([...torn(before, after, 4)]).toEqual([...after]);
  });

  it('wears out after its guaranteed writes, and loses data sooner in heat', () => {
    expect(wornOutProbability(100_000, 100_000)).toBe(0);
    expect(wornOutProbability(200_000, 100_000)).toBeCloseTo(0.5, 6);
    expect(retentionYears(25)).toBeCloseTo(40, 6);
    expect(retentionYears(85)).toBeLessThan(1);
  });

  it('is not harmed by a fall from the height that the data sheet allows', () => {
    const body = { drop_height_m: 1, drop_survival_p: 0.8, wash_survival_p: 0.5, tamper: 'none' as const };
    expect(fall(body, 1, () => 0)).toEqual({ isDead: false, shockPpm: 0, contactLostMs: 0, breaksSegment: false });
    expect(fall(body, 2, () => 0.99).isDead).toBe(true);
  });

  it('is coldest on a winter night, in a garage', () => {
    const year = Array.from({ length: 8_766 }, (_, hour) => temperatureCelsius(CLIMATES.garage, hour));
    expect(Math.min(...year)).toBeCloseTo(-9, 0);
    expect(year.indexOf(Math.max(...year)) / 24).toBeCloseTo(196, -1);
  });
});
