// npm run test:timing:refusals: does the time of a refusal tell why, over the wall between front and vault? Exits 1 when
// it does, or when a leak that was planted is not seen.
import { seededRandom } from './measure.ts';
import { CLASSES, RefusalBench, type RefusedClass } from './measure-refusals.ts';
import { T_MAX, worstT } from './welch.ts';

const SAMPLES = Number(process.env['RAMZ_TIMING_SAMPLES'] ?? 2_000);
const WARM_UP = 200;
/** The middle one counts: see run-timing.ts. */
const RUNS = 3;
const MEDIAN = 0.5;
const US = 1_000;

interface Row {
  readonly name: RefusedClass;
  readonly median_us: number;
  readonly t: number;
}

/** Each class against a wrong code, in random order. */
async function measure(plant: string): Promise<Row[]> {
  const random = seededRandom(Date.now());
  const bench = await RefusalBench.start(SAMPLES + WARM_UP, plant);
  const times = new Map<RefusedClass, number[]>(CLASSES.map((name) => [name, []]));
  for (let n = 0; n < WARM_UP; n++) for (const name of CLASSES) await bench.time(name);
  const order = CLASSES.flatMap((name) => Array<RefusedClass>(SAMPLES).fill(name))
    .map((name) => ({ name, at: random() }))
    .sort((a, b) => a.at - b.at);
  for (const { name } of order) times.get(name)?.push(await bench.time(name));
  bench.stop();
  const of = (name: RefusedClass) => Float64Array.from(times.get(name) ?? []);
  return CLASSES.map((name) => ({
    name,
    median_us: (of(name).sort()[Math.floor(SAMPLES * MEDIAN)] ?? 0) / US,
    t: worstT(of('wrong'), of(name)),
  }));
}

function print(what: string, rows: readonly Row[]): void {
  const cells = rows.map(({ name, median_us, t }) => `${name} ${median_us.toFixed(0)} us (t ${t.toFixed(1)})`);
  process.stdout.write(`${what}: ${cells.join(', ')}\n`);
}

const runs: Row[][] = [];
for (let run = 0; run < RUNS; run++) {
  const rows = await measure('none');
  print(`run ${run + 1} of ${RUNS}`, rows);
  runs.push(rows);
}
const planted = await measure('slow-decision');
print('planted: a decision takes 50 us more each time it is made', planted);
const middle = CLASSES.map((name) => {
  const ts = runs.map((rows) => Math.abs(rows.find((row) => row.name === name)?.t ?? 0)).sort((a, b) => a - b);
  return { name, t: ts[(RUNS - 1) / 2] ?? Number.NaN };
});
// A locked card is told by the answer itself, LOCKED: its time is printed, and tells nothing more.
const told = middle.filter(({ name, t }) => name !== 'locked' && t > T_MAX);
const caught = planted.some(({ t }) => Math.abs(t) > 2 * T_MAX);
process.stdout.write(`${JSON.stringify({ test: 'refusals', samples: SAMPLES, middle, caught })}\n`);
if (told.length > 0 || !caught) process.exitCode = 1;
