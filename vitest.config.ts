import { configDefaults, defineConfig } from 'vitest/config';

// Called directly, node_modules/.bin/vitest finds the machine's own Node and fails in odd ways.
if (Number.parseInt(process.versions.node, 10) < 24) {
  throw new Error(`the tests need Node 24, this is ${process.versions.node}: run them with npm test`);
}

const conditions = ['@ramz/source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['proto/**/*.test.ts', 'libs/**/*.test.ts', 'apps/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, '**/dist/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two cores, and several suites start daemons of their own.
    maxWorkers: 2,
    reporters: ['default', './test/closing-line-reporter.ts'],
  },
});
