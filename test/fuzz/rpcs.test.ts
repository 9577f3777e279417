// Fuzzes every service for a few seconds with messages of the right shape and wrong content.
// `npm run fuzz:rpc` runs ten minutes per service. Seen to fail (planted) with a controller that
// reads a field without checking it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Lab } from '../harness/lab.ts';
import { fuzzService } from './fuzz-rpcs.ts';
import { unaryMethods } from './rpc-messages.ts';

const SECONDS = Number(process.env['RAMZ_FUZZ_SECONDS'] ?? 1);
const SEED = Number(process.env['RAMZ_SEED'] ?? Math.floor(Math.random() * 1e9));
const SERVICES = [...new Set(unaryMethods().map(({ service }) => service))];
const GROWTH_MIB_MAX = 250;

describe(`services under hostile messages, RAMZ_SEED=${SEED}`, () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.start();
  });
  afterAll(() => lab[Symbol.asyncDispose]());
  const residentMib = () =>
    [lab.frontPid, lab.vaultPid].reduce((sum, pid) => {
      const [, kib = '0'] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      return sum + Number(kib) / 1_024;
    }, 0);

  it.each(SERVICES)('%s returns no unexpected error', { timeout: 30_000 + SECONDS * 1_500 }, async (service) => {
    const before = residentMib();
    const { bad, calls, byStatus } = await fuzzService(lab, service, SEED, SECONDS * 1_000);
    expect(bad).toEqual([]);
    expect(calls).toBeGreaterThan(10);
    expect(Object.keys(byStatus).length).toBeGreaterThan(0);
    expect(residentMib() - before).toBeLessThan(GROWTH_MIB_MAX);
    expect((await lab.client('auditor').status()).state).toBe('DAEMON_STATE_OPERATIONAL');
  });

  it('leave no message and no card number in the process log', () => {
    const log = readFileSync(join(lab.dataDir, 'daemon.log'), 'utf8');
    expect(log).not.toMatch(/6280230000000019|DROP TABLE|unforeseen/);
  });
});
