// Measures answers of several classes that an attacker must not tell apart by time, in random
// order, and judges them: Welch's t against one class, in the middle one of three runs.
import { parseArgs } from 'node:util';
import { whyBusy } from '../harness/busy-machine.ts';
import { PostgresStores } from '../harness/postgres-stores.ts';
import { seededRandom } from './measure.ts';
import { T_MAX, worstT } from './welch.ts';

/** With 1,200 a planted early return of completions has t = 5 on a quiet machine; with these 16. */
const SAMPLES = Number(process.env['RAMZ_TIMING_SAMPLES'] ?? 5_000);
const WARM_UP = 200;
/** The median run counts: see run-timing.ts. */
const RUNS = 3;
const MEDIAN = 0.5;
const US = 1_000;

/** A vault with what each class needs. */
export interface ClassBench<Name extends string> {
  /** Measures one answer of this class, in nanoseconds. */
  readonly time: (name: Name) => Promise<number>;
  readonly stop: () => void;
}

/** Classes to compare on one store. */
export interface ComparedClasses<Name extends string, Plant extends string> {
  readonly test: string;
  readonly classes: readonly Name[];
  /** The others are compared with it. */
  readonly base: Name;
  /** Their answers differ in themselves: their times are printed, and not judged. */
  readonly openly: readonly Name[];
  readonly store: string;
  readonly plant: Plant;
  readonly planted: string;
  /** Prepares `samples` answers of each class. */
  readonly start: (samples: number, plant: Plant | 'none') => Promise<ClassBench<Name>>;
}

interface Row<Name> {
  readonly name: Name;
  readonly medianMicros: number;
  readonly t: number;
}

/** The stores of a program, and its `--help`. */
export async function onBothStores(
  help: string,
  judge: (store: 'embedded' | 'PostgreSQL', newDatabase: () => Promise<string>) => Promise<boolean>,
): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean', default: false } } });
  if (values.help) {
    process.stdout.write(`${help}\n\nRAMZ_TIMING_SAMPLES: answers of each class (default ${SAMPLES})\n`);
    return;
  }
  await using databases = await PostgresStores.start();
  const stores = [
    ['embedded', async () => ''],
    ['PostgreSQL', async () => databases.url(await databases.newDatabase())],
  ] as const;
  for (const [store, newDatabase] of stores) {
    if (await judge(store, newDatabase)) continue;
    const why = whyBusy();
    if (why === undefined) process.exitCode = 1;
    else process.stdout.write(`cannot judge ${store}: the machine is too busy (${why}); run it again alone\n`);
  }
}

/** Decides whether no class leaked, and the planted leak was detected. */
export async function areEven<Name extends string, Plant extends string>(
  compared: ComparedClasses<Name, Plant>,
): Promise<boolean> {
  const { test, classes, openly, store, plant, planted } = compared;
  const runs: Row<Name>[][] = [];
  for (let run = 0; run < RUNS; run++) {
    const rows = await measure(compared, 'none');
    print(`${store}, run ${run + 1} of ${RUNS}`, rows);
    runs.push(rows);
  }
  const leaky = await measure(compared, plant);
  print(`${store}, planted: ${planted}`, leaky);
  const middle = classes.map((name) => {
    const ts = runs.map((rows) => Math.abs(rows.find((row) => row.name === name)?.t ?? 0)).sort((a, b) => a - b);
    return { name, t: ts[(RUNS - 1) / 2] ?? Number.NaN };
  });
  const told = middle.filter(({ name, t }) => !openly.includes(name) && t > T_MAX);
  const caught = leaky.some(({ t }) => Math.abs(t) > 2 * T_MAX);
  process.stdout.write(`${JSON.stringify({ test, store, samples: SAMPLES, middle, caught })}\n`);
  return told.length === 0 && caught;
}

/** Measures each class against the base, in random order. */
async function measure<Name extends string, Plant extends string>(
  { classes, base, start }: ComparedClasses<Name, Plant>,
  plant: Plant | 'none',
): Promise<Row<Name>[]> {
  const seed = Date.now();
  process.stderr.write(`measuring ${SAMPLES} of each class, RAMZ_SEED=${seed} ...\n`);
  const random = seededRandom(seed);
  const bench = await start(SAMPLES + WARM_UP, plant);
  const times = new Map<Name, number[]>(classes.map((name) => [name, []]));
  for (let n = 0; n < WARM_UP; n++) for (const name of classes) await bench.time(name);
  const order = classes
    .flatMap((name) => Array<Name>(SAMPLES).fill(name))
    .map((name) => ({ name, at: random() }))
    .sort((a, b) => a.at - b.at);
  for (const { name } of order) times.get(name)?.push(await bench.time(name));
  bench.stop();
  const of = (name: Name) => Float64Array.from(times.get(name) ?? []);
  return classes.map((name) => ({
    name,
    medianMicros: (of(name).sort()[Math.floor(SAMPLES * MEDIAN)] ?? 0) / US,
    t: worstT(of(base), of(name)),
  }));
}

function print(what: string, rows: readonly Row<string>[]): void {
  const cells = rows.map(({ name, medianMicros, t }) => `${name} ${medianMicros.toFixed(0)} us (t ${t.toFixed(1)})`);
  process.stdout.write(`${what}: ${cells.join(', ')}\n`);
}
