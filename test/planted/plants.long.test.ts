// Each planted bug is found by the test that is evidence against it: the test runs again with the
// bug, and must fail.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../architecture/source-files.ts';
import { PLANTS } from './plants.ts';

const HOOK = fileURLToPath(new URL('./plant-hook.ts', import.meta.url));

/** A test that cannot judge on a busy machine says so and is skipped: that is no finding yet. */
const TRIES = 3;

function runJudging(args: readonly string[], env: NodeJS.ProcessEnv): { status: number | null; said: string } {
  const run = () => spawnSync('vitest', args, { cwd: ROOT, env, encoding: 'utf8', timeout: 290_000 });
  let ended = run();
  for (let i = 1; i < TRIES && ended.status === 0; i++) ended = run();
  return { status: ended.status, said: `${ended.stdout}${ended.stderr}` };
}

describe('a planted bug', () => {
  it.for(Object.entries(PLANTS))('%s is found', { timeout: 900_000 }, ([name, { test, title }], context) => {
    // Its failures are not failures of this run.
    const { NODE_OPTIONS: options = '', RAMZ_COUNTS: _counts, ...rest } = process.env;
    const env = {
      ...rest,
      NODE_OPTIONS: `${options} --import=${HOOK}`,
      RAMZ_PLANT: name,
      RAMZ_SUITE: 'all',
      NO_COLOR: '1',
    };
    const args = ['run', test, '--retry=0', '--bail=1', ...(title === '' ? [] : ['-t', title])];
    const { status, said } = runJudging(args, env);
    if (status === 0 && /Tests +\d+ skipped/.test(said)) context.skip(`cannot judge: ${test} cannot on this machine`);
    if (status !== 1 || !/Tests .*\d+ failed/.test(said)) throw new Error(`nothing failed:\n${said.slice(-2_000)}`);
    // A test that fails because it cannot be run is no evidence.
    expect(said).not.toMatch(/out of date|Cannot find|SyntaxError/);
  });
});
