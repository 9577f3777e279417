import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { arrowOf, csvOf, driftColumns, monthColumns } from '../fleet-report/columns.ts';
import { htmlOf } from '../fleet-report/html.ts';
import { tokensByMonth } from './fleet-counts.ts';
import { FleetError, readFleet } from './fleet-file.ts';
import { runFleet } from './run-fleet.ts';
import { sensitivityOf } from './sensitivity.ts';
import { estimate, summarize } from './summarize.ts';

const SHIPPED = (name: string) => fileURLToPath(new URL(`../../fleets/${name}.yaml`, import.meta.url));
const SEPAH = readFileSync(SHIPPED('sepah'), 'utf8');

function read(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'ramz-fleet-'));
  try {
    const path = join(folder, 'f.yaml');
    writeFileSync(path, text);
    return readFleet(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('fleet files', () => {
  it.each(['maskan', 'sepah'])('reads %s', (name) => {
    expect(readFleet(SHIPPED(name)).name).toBe(name);
  });

  it.each([
    [
      'shares that do not add up',
      SEPAH.replace('share: 0.05', 'share: 0.15'),
      /f\.yaml:13: places: shares do not add up to 1/,
    ],
    [
      'an unknown profile',
      SEPAH.replace('profile: always-on', 'profile: moon'),
      /f\.yaml:1\d: lots\.second: there is no profile moon/,
    ],
    [
      'a token without time',
      SEPAH.replace('profile: always-on', 'profile: classic-event'),
      /lots\.second: .* no codes of the time/,
    ],
    ['an unknown field', `${SEPAH}\ncolor: red\n`, /f\.yaml:\d+: .*color/],
    [
      'a lot that ends on its shelf',
      SEPAH.replace('profile: always-on', 'profile: always-on, change: { battery.shelf_months: 60 }'),
      /lots\.second: its tokens would end on the shelf/,
    ],
    ['a start within an hour', SEPAH.replace('T00:00:00Z', 'T00:10:00Z'), /start: is not a time on a whole hour/],
    ['too many customers', SEPAH.replace('customers: 70000', 'customers: 9999999'), /10029999 customers, at most/],
    [
      'too many tables',
      SEPAH.replace(
        /lots:[\s\S]*?places:[\s\S]*?usage:/,
        `lots:\n${many(64, (i) => `{ name: l${i}, customers: 9, profile: always-on }`)}places:\n${many(9, () => '{ share: 0.1111, climate: office }')}usage:`,
      ),
      /576 pairs of a lot and a place, at most 512/,
    ],
    ['no YAML at all', ']', /f\.yaml/],
  ])('rejects %s, naming the place', (_, text, sentence) => {
    expect(() => read(text)).toThrow(FleetError);
    expect(() => read(text)).toThrow(sentence);
  });
});

function many(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => `  - ${line(i)}\n`).join('');
}

describe('what comes out', () => {
  const plan = read(SEPAH.replace('customers: 70000', 'customers: 700').replace('customers: 30000', 'customers: 300'));

  it('has the same counts in the summary, the CSV and the Arrow file', async () => {
    const counts = await runFleet(plan);
    const columns = monthColumns(plan, counts);
    const table = tableFromIPC(arrowOf(columns));
    expect(table.numRows).toBe(counts.months);
    const lines = csvOf(columns).trimEnd().split('\r\n');
    expect(lines).toHaveLength(counts.months + 1);
    const issued = table.getChild('issued')?.toArray() as Float64Array;
    const { issued: of, customers } = summarize(plan, counts);
    expect(issued.reduce((sum, one) => sum + one, 0)).toBe(of.value);
    expect([customers, of.value > customers]).toEqual([1_000, true]);
    const drift = driftColumns(counts);
    const inUse = (drift['tokens'] as number[]).reduce((sum, one) => sum + one, 0);
    expect(inUse).toBeGreaterThan(8_000);
    expect(inUse).toBeLessThanOrEqual(10_000);
  });

  it('buys cells instead of tokens for cases that can be opened, and only for these', async () => {
    const thin = 'change: { battery.capacity_factor: 0.3, battery.shelf_months: 0';
    const text = SEPAH.replace(
      /lots:[\s\S]*?places:/,
      `lots:\n  - { name: a, customers: 500, profile: usb-token, ${thin} } }\n  - { name: b, customers: 500, profile: usb-token, ${thin}, battery.replaceable: false } }\nplaces:`,
    );
    const mixed = read(text);
    const counts = await runFleet(mixed);
    const { cells, issued, policies } = summarize(mixed, counts);
    const ended = tokensByMonth(counts, 'cell').reduce((sum, one) => sum + one, 0);
    expect(cells).toBeGreaterThan(ended * 0.35);
    expect(cells).toBeLessThan(ended * 0.65);
    const dear = summarize({ ...mixed, costs: { ...mixed.costs, cell: mixed.costs.cell + 1 } }, counts).policies;
    expect(((dear[0]?.cost ?? 0) - (policies[0]?.cost ?? 0)) * 1_000 * mixed.years).toBeCloseTo(cells, 6);
    expect(issued.value).toBeGreaterThan(1_000);
  }, 60_000);

  it('draws a page without scripts, with what hangs on assumptions', async () => {
    const counts = await runFleet(plan);
    const sensitivity = await sensitivityOf(plan);
    const page = htmlOf({ plan, counts, summary: summarize(plan, counts), sensitivity });
    expect(page.match(/<svg/g)).toHaveLength(5);
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
    const lost = sensitivity.effects.find(({ number }) => number === 'fates.lost_pct_per_year');
    expect(lost?.cost[0]).toBeLessThan(sensitivity.cost);
    expect(lost?.cost[1]).toBeGreaterThan(sensitivity.cost);
  }, 60_000);

  it('gives a count the bounds of chance', () => {
    // Exact bounds of a Poisson count of 10: 4.80 and 18.39.
    const { low, high } = estimate(10, 1);
    expect([low.toFixed(1), high.toFixed(1)]).toEqual(['4.8', '18.4']);
    expect(estimate(0, 1).low).toBe(0);
  });
});
