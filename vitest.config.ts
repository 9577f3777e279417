import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import { planted, plantOfThisRun } from './test/planted/plants.ts';

// Called directly, node_modules/.bin/vitest finds the machine's own Node and fails in odd ways.
if (Number.parseInt(process.versions.node, 10) < 24) {
  throw new Error(`the tests need Node 24, this is ${process.versions.node}: run them with npm test`);
}

const conditions = ['@ramz/source'];
const LONG = 'test/**/*.long.test.ts';
const EVERY = ['proto/**/*.test.ts', 'libs/**/*.test.ts', 'apps/**/*.test.ts', 'test/**/*.test.ts'];

/** `quick` is npm test; `long` is npm run test:long; `all` is what a suite of its own runs. */
const SUITES: Readonly<Record<string, { readonly include: string[]; readonly exclude: string[] }>> = {
  quick: { include: EVERY, exclude: [LONG] },
  // Races and random calls run longer there, too.
  long: { include: [LONG, 'test/race/*.test.ts', 'test/fuzz/rpcs.test.ts', '**/fold-pages.test.ts'], exclude: [] },
  all: { include: EVERY, exclude: [] },
};
const suite = SUITES[process.env['RAMZ_SUITE'] ?? 'quick'];
if (suite === undefined) throw new Error(`RAMZ_SUITE is ${Object.keys(SUITES).join(', ')}`);

const plant = plantOfThisRun();
/** A bug that a test must find, also where it imports the sources (`test/planted`). */
const plugins =
  plant === undefined
    ? []
    : [{ name: 'plant', enforce: 'pre' as const, transform: (code: string, id: string) => planted(id, code, plant) }];

export default defineConfig({
  plugins,
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: suite.include,
    exclude: [...configDefaults.exclude, '**/dist/**', ...suite.exclude],
    globalSetup: ['test/harness/initialized-folder.ts'],
    // For what hangs. A busy machine takes a minute to start a database and two daemons, and a slow
    // one some minutes for a long test.
    testTimeout: 300_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 15_000 } },
    // Two cores, and many tests wait for a daemon more than they compute.
    maxWorkers: 4,
    // A worker loads its modules once. A test leaves nothing behind in them.
    isolate: false,
    // A daemon is started some two hundred times: its modules are compiled once.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'ramz-compile-cache') },
    reporters: ['default', './test/closing-line-reporter.ts'],
  },
});
