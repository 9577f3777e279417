import { createRequire } from 'node:module';
import {
  DRIFT_BIN_S,
  DRIFT_BINS,
  DRIFT_MAX_S,
  type FleetCounts,
  type PolicyCount,
  policyByMonth,
  tokensByMonth,
} from '../fleet/fleet-counts.ts';
import { customersOf, type FleetPlan } from '../fleet/fleet-plan.ts';
import type { Sensitivity } from '../fleet/sensitivity.ts';
import { ENDS } from '../fleet/summarize.ts';

/**
 * What is used of the library. Its own types need a browser's, which this package does not have.
 */
interface Echarts {
  init(
    element: null,
    theme: null,
    options: { readonly renderer: 'svg'; readonly ssr: true; readonly width: number; readonly height: number },
  ): { setOption(option: object): void; renderToSVGString(): string; dispose(): void };
}
const echarts = createRequire(import.meta.url)('echarts') as Echarts;

const [WIDTH, HEIGHT] = [880, 340];
/** Told apart without color vision as well (Okabe and Ito). */
const COLORS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#d55e00', '#56b4e9', '#7f7f7f'];
const WORDS: Readonly<Record<(typeof ENDS)[number], string>> = {
  cell: 'cell empty',
  date: 'end of life by date',
  heat: 'heat',
  lost: 'lost',
  stolen: 'stolen',
  damaged: 'damaged',
};
const SENSITIVITY_SHOWN = 10;

/** Draws a plot as SVG text, without a browser. */
function draw(option: object): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  chart.setOption({ color: COLORS, animation: false, textStyle: { fontFamily: 'system-ui, sans-serif' }, ...option });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

const grid = { left: 80, right: 30, top: 40, bottom: 55 };
/** Text is measured without a browser, roughly: it needs room. */
const legend = { top: 5, itemGap: 32 };
const label = { formatter: (value: number) => value.toLocaleString('en').replace('-', '\u2212') };

function valueAxis(name: string, side: 'x' | 'y', more: object = {}) {
  return {
    type: 'value',
    name,
    nameLocation: 'middle',
    nameGap: side === 'x' ? 30 : 58,
    axisLine: { onZero: false },
    axisLabel: label,
    ...more,
  };
}

function monthAxis(months: number) {
  return {
    type: 'category',
    name: 'year',
    nameLocation: 'middle',
    nameGap: 28,
    data: Array.from({ length: months }, (_, i) => String(Math.floor(i / 12) + 1)),
    axisLabel: { interval: (i: number) => i % 12 === 0 },
    axisTick: { interval: (i: number) => i % 12 === 0 },
  };
}

/** Tokens that end in each month, by cause. */
export function plotEnds(counts: FleetCounts): string {
  return draw({
    grid,
    legend,
    xAxis: monthAxis(counts.months),
    yAxis: valueAxis('tokens a month', 'y'),
    series: ENDS.filter((end) => tokensByMonth(counts, end).some((count) => count > 0)).map((end) => ({
      name: WORDS[end],
      type: 'bar',
      stack: 'ends',
      barCategoryGap: '10%',
      data: [...tokensByMonth(counts, end)],
    })),
  });
}

/**
 * What happens under each policy in each month, per thousand customers; undefined if nothing does.
 */
export function plotPolicies(plan: FleetPlan, counts: FleetCounts, what: PolicyCount): string | undefined {
  if (!plan.policies.some((_, i) => policyByMonth(counts, i, what).some((count) => count > 0))) return undefined;
  const scale = 1_000 / customersOf(plan);
  return draw({
    grid,
    legend,
    xAxis: monthAxis(counts.months),
    yAxis: valueAxis('a month, per 1,000 customers', 'y'),
    series: plan.policies.map(({ name }, i) => ({
      name,
      type: 'line',
      showSymbol: false,
      data: [...policyByMonth(counts, i, what)].map((count) => count * scale),
    })),
  });
}

/** How far clocks are ahead at the ends of some years, with the window of the first policy. */
export function plotDrift(plan: FleetPlan, counts: FleetCounts): string {
  const years = counts.drift.length / DRIFT_BINS;
  const shown = [...new Set([1, Math.ceil(years / 2), years])].filter((year) => year >= 1);
  const [policy] = plan.policies;
  const reach = reachOf(counts);
  const bins = Array.from({ length: DRIFT_BINS }, (_, i) => i * DRIFT_BIN_S - DRIFT_MAX_S);
  const window = [
    { xAxis: -(policy?.pastSteps ?? 0) * (policy?.stepSeconds ?? 60) },
    { xAxis: (policy?.futureSteps ?? 0) * (policy?.stepSeconds ?? 60) },
  ];
  return draw({
    grid,
    legend,
    xAxis: valueAxis('s ahead of the right time', 'x', { min: -reach, max: reach }),
    yAxis: valueAxis(`% of tokens per ${DRIFT_BIN_S} s`, 'y'),
    series: shown.map((year, i) => {
      const ofYear = counts.drift.subarray((year - 1) * DRIFT_BINS, year * DRIFT_BINS);
      const all = Math.max(
        1,
        ofYear.reduce((sum, one) => sum + one, 0),
      );
      return {
        name: `end of year ${year}`,
        type: 'line',
        showSymbol: false,
        // The outer bins hold all the rest, which is no density.
        data: bins.slice(1, -1).map((from, i) => [from + DRIFT_BIN_S / 2, ((ofYear[i + 1] ?? 0) / all) * 100]),
        ...(i === 0 && { markArea: { itemStyle: { color: 'rgba(0, 158, 115, 0.15)' }, data: [window] } }),
      };
    }),
  });
}

/** Returns how far an axis goes that shows all but one in a hundred tokens, in whole minutes. */
function reachOf({ drift }: FleetCounts): number {
  const all = drift.reduce((sum, one) => sum + one, 0);
  const middle = DRIFT_BINS / 2;
  let [inside, bins] = [0, 0];
  while (bins < middle && inside < all * 0.99) {
    inside += drift.reduce((sum, one, i) => {
      const bin = i % DRIFT_BINS;
      return bin === middle + bins || bin === middle - 1 - bins ? sum + one : sum;
    }, 0);
    bins += 1;
  }
  return Math.max(120, Math.ceil((bins * DRIFT_BIN_S) / 60) * 60);
}

/** What each assumed number does to the cost, a fifth less and a fifth more. */
export function plotSensitivity({ cost, effects }: Sensitivity): string {
  const shown = effects.slice(0, SENSITIVITY_SHOWN).toReversed();
  const bar = (which: 0 | 1, name: string) => ({
    name,
    type: 'bar',
    stack: 'effect',
    data: shown.map((effect) => effect.cost[which] - cost),
  });
  return draw({
    grid: { ...grid, left: 220 },
    legend,
    xAxis: valueAxis('change of the yearly cost per customer', 'x'),
    yAxis: { type: 'category', data: shown.map(({ number }) => number) },
    series: [bar(0, 'a fifth less'), bar(1, 'a fifth more')],
  });
}
