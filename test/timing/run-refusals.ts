// npm run test:timing:refusals: checks that the time of a refusal does not show its reason, over
// the wall between front and vault, with either store. Exits with 1 if it does, or if a planted
// leak is not detected.
import { whyBusy } from '../harness/busy-machine.ts';
import { PostgresStores } from '../harness/postgres-stores.ts';
import { seededRandom } from './measure.ts';
import { CLASSES, type Plant, RefusalBench, type RefusedClass } from './measure-refusals.ts';
import { T_MAX, worstT } from './welch.ts';

const SAMPLES = Number(process.env['RAMZ_TIMING_SAMPLES'] ?? 2_000);
const WARM_UP = 200;
/** The median run counts: see run-timing.ts. */
const RUNS = 3;
const MEDIAN = 0.5;
const US = 1_000;

interface Store {
  readonly name: string;
  /** Returns the address of a new database, or an empty string for the embedded store. */
  readonly newDatabase: () => Promise<string>;
  readonly plant: Plant;
  readonly planted: string;
}

interface Row {
  readonly name: RefusedClass;
  readonly median_us: number;
  readonly t: number;
}

/** Measures each class against a wrong code, in random order. */
async function measure(database: string, plant: Plant | 'none'): Promise<Row[]> {
  const seed = Date.now();
  process.stderr.write(`measuring ${SAMPLES} of each class, RAMZ_SEED=${seed} ...\n`);
  const random = seededRandom(seed);
  const bench = await RefusalBench.start(SAMPLES + WARM_UP, plant, database);
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
  const cells = rows.map(
    ({ name, median_us: medianMicros, t }) => `${name} ${medianMicros.toFixed(0)} us (t ${t.toFixed(1)})`,
  );
  process.stdout.write(`${what}: ${cells.join(', ')}\n`);
}

/** Decides whether no class leaked, and the planted leak was detected. */
async function isEven({ name: store, newDatabase, plant, planted }: Store): Promise<boolean> {
  const runs: Row[][] = [];
  for (let run = 0; run < RUNS; run++) {
    const rows = await measure(await newDatabase(), 'none');
    print(`${store}, run ${run + 1} of ${RUNS}`, rows);
    runs.push(rows);
  }
  const leaky = await measure(await newDatabase(), plant);
  print(`${store}, planted: ${planted}`, leaky);
  const middle = CLASSES.map((name) => {
    const ts = runs.map((rows) => Math.abs(rows.find((row) => row.name === name)?.t ?? 0)).sort((a, b) => a - b);
    return { name, t: ts[(RUNS - 1) / 2] ?? Number.NaN };
  });
  // The answer itself, LOCKED, shows a locked card: its time is printed and leaks nothing more.
  const told = middle.filter(({ name, t }) => name !== 'locked' && t > T_MAX);
  const caught = leaky.some(({ t }) => Math.abs(t) > 2 * T_MAX);
  process.stdout.write(`${JSON.stringify({ test: 'refusals', store, samples: SAMPLES, middle, caught })}\n`);
  return told.length === 0 && caught;
}

await using databases = await PostgresStores.start();
const stores: readonly Store[] = [
  {
    name: 'embedded',
    newDatabase: async () => '',
    plant: 'slow-decision',
    planted: 'a decision takes 50 us more each time it is made',
  },
  {
    name: 'PostgreSQL',
    newDatabase: async () => databases.url(await databases.newDatabase()),
    plant: 'no-decoys',
    planted: 'a refusal that changes nothing writes nothing',
  },
];
for (const store of stores) {
  if (await isEven(store)) continue;
  const why = whyBusy();
  if (why === undefined) process.exitCode = 1;
  else process.stdout.write(`cannot judge ${store.name}: the machine is too busy (${why}); run it again alone\n`);
}
